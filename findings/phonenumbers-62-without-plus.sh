#!/bin/sh
# A number as chat applications write it (62, no plus, no zero) is read as another, valid number.
#
# phonenumbers 9.0.43 (libphonenumber's metadata), region ID: the ten digits 811000123 after 62 are a mobile number when
# written 0811000123 or +62811000123. Written 62811000123 the same digits are taken as a national number, which begins
# with 62: the result is +6262811000123, valid, of the type fixed line. One digit more (628110001234) is read as meant. So
# whether the country code is seen depends on the length of the subscriber number, and nothing says that it was not.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check phonenumbers==9.0.43
"$folder/venv/bin/python" - <<'PYTHON'
import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

def read(text):
    number = phonenumbers.parse(text, "ID")
    kind = {PhoneNumberType.MOBILE: "mobile", PhoneNumberType.FIXED_LINE: "fixed line"}[phonenumbers.number_type(number)]
    return phonenumbers.format_number(number, PhoneNumberFormat.E164), phonenumbers.is_valid_number(number), kind

seen = {text: read(text) for text in ("0811000123", "+62811000123", "62811000123", "628110001234")}
for text, reading in seen.items():
    print(text, *reading)
assert seen == {
    "0811000123": ("+62811000123", True, "mobile"),
    "+62811000123": ("+62811000123", True, "mobile"),
    "62811000123": ("+6262811000123", True, "fixed line"),
    "628110001234": ("+628110001234", True, "mobile"),
}, "behaviour has changed"
PYTHON
