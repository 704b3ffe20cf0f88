#!/bin/sh
# Sastrawi 1.0.1 (the Indonesian stemmer with a dictionary, PyPI). Two surprises for a market's search:
#
# 1. A dictionary does not save it from taking words apart that have no affix: sereal (cereal) becomes real (a currency,
#    or "really"), because se- is a prefix and real a word; manikan (beads) becomes mani (semen); penggaris (ruler)
#    becomes penggar. So a search for "real" finds cereal. Words that the dictionary holds whole stay whole: kemeja,
#    keranjang, terasi.
# 2. The wheel's metadata says "License: MIT" and nothing else, yet two files of it are a word list of some 29,900
#    entries that the project's README says comes from Kateglo under CC BY-NC-SA 3.0 (non-commercial, share alike).
#    No file in the wheel says so: an automatic licence check passes it.
#
# What we do instead: services/umkm/domain/words/, with a short list of roots of our own. Nothing of the list is copied.
#
# Output seen with Python 3.11:
#   sereal -> real
#   manikan -> mani
#   penggaris -> penggar
#   kemeja -> kemeja
#   licence told: MIT; word lists: 2, entries in the first: 29933; files that name another licence: 0
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check Sastrawi==1.0.1
"$folder/venv/bin/python" - <<'PYTHON'
from importlib.metadata import distribution
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

stemmer = StemmerFactory().create_stemmer()
expected = {"sereal": "real", "manikan": "mani", "penggaris": "penggar", "kemeja": "kemeja"}
for word, seen in expected.items():
    print(word, "->", stemmer.stem(word))
    assert stemmer.stem(word) == seen, "it has changed"
wheel = distribution("Sastrawi")
lists = [file for file in wheel.files if "kata-dasar" in str(file)]
entries = len(sorted(lists, key=str)[-1].read_text().split())
named = [f for f in wheel.files if f.suffix in (".txt", ".py", ".json") or f.name in ("METADATA", "LICENSE")]
other = [f for f in named if "kata-dasar" not in str(f) and any(w in f.read_text().lower() for w in ("kateglo", "cc-by", "noncommercial"))]
told = wheel.metadata["License"]
print(f"licence told: {told}; word lists: {len(lists)}, entries in the first: {entries}; files that name another licence: {len(other)}")
assert (told, len(lists), other) == ("MIT", 2, []) and entries > 29_000, "it has changed"
PYTHON
