#!/bin/sh
# The Snowball stemmer for Indonesian (snowballstemmer 3.0.1 here; PostgreSQL's text search configuration "indonesian"
# is the same algorithm). It takes first syllables for prefixes, without a dictionary to tell them apart, and what it
# does to a word it does not do to that word's own forms:
#
#   kemeja (shirt) = meja (table)             keranjang (basket) = ranjang (bed)
#   terasi (shrimp paste) -> asi (breast milk, the word on every second baby product)
#   memasak (to cook) -> pasak (peg), but masakan (a dish) -> masa (time), and masak stays masak: three stems for one word
#   sekolah (school) -> seko, but sekolahan -> sekolah
#
# while pelatihan (training) -> latih is right. A shop that uses it finds tables for shirts, and no dish for "masak".
#
# Output seen with Python 3.11:
#   kemeja -> meja
#   meja -> meja
#   keranjang -> ranjang
#   terasi -> asi
#   memasak -> pasak
#   masakan -> masa
#   masak -> masak
#   sekolah -> seko
#   sekolahan -> sekolah
#   pelatihan -> latih
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check snowballstemmer==3.0.1
"$folder/venv/bin/python" - <<'PYTHON'
import snowballstemmer

stemmer = snowballstemmer.stemmer("indonesian")
expected = {
    "kemeja": "meja", "meja": "meja", "keranjang": "ranjang", "terasi": "asi", "memasak": "pasak",
    "masakan": "masa", "masak": "masak", "sekolah": "seko", "sekolahan": "sekolah", "pelatihan": "latih",
}
for word, seen in expected.items():
    print(word, "->", stemmer.stemWord(word))
    assert stemmer.stemWord(word) == seen, "it has changed"
PYTHON
