#!/bin/sh
# pydantic 2.14.3 (PyPI) and jsonschema-rs 0.61.2 (PyPI), where two meet: a field's `pattern` means one thing to the
# server that pydantic makes and another to whoever reads the schema that the same class writes.
#
# A bank code with pattern ^\d{3}$. JSON Schema says that patterns are ECMA 262, where \d is 0 to 9, so a client that
# checks by the schema refuses Arabic-Indic digits. pydantic's own engine takes \d for the digits of every script: it
# accepts them and keeps them as they are.
# The switch regex_engine="python-re" does not help: there \d is every script's digit as well. [0-9] means the same to all.
#
# It matters where digits go on to a machine that knows ASCII only: a payment file whose account number no bank can read,
# and a number that is not found again by the same digits typed otherwise.
#
# What we do instead: such fields refuse what is not ASCII (contracts/education/values.py).
#
# Output seen with Python 3.11:
#   schema: ^\d{3}$
#   110: pydantic takes it, schema takes it
#   three Arabic-Indic digits: pydantic takes it, schema refuses it
#   with python-re: takes it
#   with [0-9]: refuses it
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pydantic==2.14.3 jsonschema-rs==0.61.2
"$folder/venv/bin/python" - <<'PYTHON'
import jsonschema_rs
from pydantic import BaseModel, ConfigDict, Field, ValidationError


class Account(BaseModel):
    bank_code: str = Field(pattern=r"^\d{3}$")


class Python(Account):
    model_config = ConfigDict(regex_engine="python-re")


class Plain(BaseModel):
    bank_code: str = Field(pattern=r"^[0-9]{3}$")


def takes(model, code):
    try:
        return model(bank_code=code).bank_code == code
    except ValidationError:
        return False


schema = Account.model_json_schema()
print("schema:", schema["properties"]["bank_code"]["pattern"])
other = "".join(chr(0x0660 + digit) for digit in (1, 1, 0))
said = {True: "takes it", False: "refuses it"}
for name, code in (("110", "110"), ("three Arabic-Indic digits", other)):
    by_schema = jsonschema_rs.is_valid(schema, {"bank_code": code})
    print(f"{name}: pydantic {said[takes(Account, code)]}, schema {said[by_schema]}")
assert takes(Account, other) and not jsonschema_rs.is_valid(schema, {"bank_code": other}), "it has changed"
print("with python-re:", said[takes(Python, other)])
print("with [0-9]:", said[takes(Plain, other)])
assert takes(Python, other) and not takes(Plain, other), "it has changed"
PYTHON
