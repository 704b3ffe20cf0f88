"""Wrong values for every field of a JSON schema, each with its reason; and a valid value for each field."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.support.days import today

UUID = "01890a5d-ac96-774b-bcce-b302099a8057"
TODAY = today().isoformat()
MARK = "qzx7marker"
"""Part of every wrong text: a reply that holds it has repeated what was sent."""

VALID_BY_NAME: dict[str, Any] = {
    "phone": "+6281234567890",
    "kelurahan_code": "36.71.01.1001",
    "kecamatan_code": "36.71.01",
    "code": "36.71.01.1001",
    "coordinates": [106.6405, -6.1888],
    "polygons": [[[[106.6, -6.1], [106.7, -6.1], [106.7, -6.2], [106.6, -6.1]]]],
    "answers": {"conscious": True},
    "pronounced_by": "doctor",
    "nik": "3671014502809001",
    "family_card_number": "3671010101080001",
    "begins": "07:00",
    "ends": "19:00",
    "pickup_time": "05:30",
    "return_time": "11:00",
    "cursor": "WyJhIl0",
    "npsn": "99000091",
    "from_npsns": ["99000092"],
    "ownership": "private",
    "address": "Jl. Contoh 1",
    "nib": "1234567890123",
    "size": {"basis": "capital", "rupiah": 1},
    "permit": {"kind": "halal", "number": "ID36410000000010821", "valid_until": TODAY},
    "criterion": "photo",
    "certificate_code": "4152216333770",
    "opens_at": "2099-01-01T07:00:00+07:00",
    "closes_at": "2099-01-01T07:30:00+07:00",
    "nisn": "0012345678",
    "child_nisn": "0012345678",
    "child_nik": None,
    "family_card": "3671010101080001",
    "sex": "L",
    "confirm_npsn": "99000091",
    "bank_code": "110",
    "account_number": "0012345678901",
    "holder": "SD CONTOH",
    "month": "2026-01-01",
    "first_month": "2026-01-01",
    "last_month": "2026-02-01",
    "residency": ["family_card"],
    "shown_on": "2026-02-01",
    "released_on": "2026-02-01",
    "paid_on": "2026-02-01",
    "school_year": f"{TODAY[:4]}/{int(TODAY[:4]) + 1}",
    "duplicate_id": "01890a5d-ac96-774b-bcce-b302099a8058",
    "vouches": True,
    "use": "oven gas dua loyang",
    "findings": "Dapur terpisah, dua karyawan.",
    "invitation": "7KQ2M9XD",
    "unit_id": "AMB-01",
    "resource": "vehicle:JNZ-01",
    "begins_on": "2026-02-01",
    "ends_on": "2026-02-28",
    "begins_at": "2099-01-01T08:00:00+07:00",
    "ends_at": "2099-01-02T08:00:00+07:00",
    "id": "AMB-01",
    "incident_class": "regular",
    "earliest_at": "2099-01-01T08:00:00+07:00",
    "destination": {
        "kind": "home",
        "location": {"type": "Point", "coordinates": [106.6405, -6.1888]},
        "kelurahan_code": "36.71.01.1001",
        "facility_id": "RS-1",
        "address": "text",
    },
    "pickup_at": "2099-01-01T08:00:00+07:00",
}
Schema = dict[str, Any]


@dataclass(frozen=True)
class Raw:
    """JSON that no Python value gives."""

    text: str


@dataclass(frozen=True)
class Wrong:
    """A value that must be refused. `unreadable`: the whole body may be called malformed."""

    label: str
    value: Any
    unreadable: bool = False


def resolved(schema: Schema, root: Schema) -> tuple[Schema, bool]:
    """The schema without references, and whether null is allowed beside it."""
    if "$ref" in schema:
        return resolved({**root["$defs"][schema["$ref"].rpartition("/")[2]]}, root)
    options = schema.get("anyOf", [])
    if {"type": "null"} in options:
        return resolved(next(one for one in options if one != {"type": "null"}), root)[0], True
    return schema, False


def valid(name: str, schema: Schema, root: Schema) -> Any:
    """A value that passes."""
    schema, _ = resolved(schema, root)
    if name in VALID_BY_NAME and VALID_BY_NAME[name] in schema.get("enum", [VALID_BY_NAME[name]]):
        return VALID_BY_NAME[name]
    if options := schema.get("enum") or ([schema["const"]] if "const" in schema else []):
        return options[0]
    match schema.get("type"):
        case "object":
            return {key: valid(key, one, root) for key, one in schema.get("properties", {}).items()}
        case "array":
            return [valid("", schema["items"], root)]
        case "integer":
            return schema.get("minimum", 1)
        case "boolean":
            return False
    return {"uuid": UUID, "date-time": "2026-02-01T08:00:00+07:00", "date": TODAY}.get(schema.get("format", ""), "text")


def wrongs(schema: Schema, nullable: bool) -> Iterator[Wrong]:
    """What this field must refuse."""
    if not nullable:
        yield Wrong("null", None)
    yield Wrong("NaN", Raw("NaN"), unreadable=True)
    yield Wrong("infinity", Raw("-Infinity"), unreadable=True)
    yield Wrong("lone surrogate", Raw(f'"{MARK}\\ud800"'), unreadable=True)
    yield Wrong("deep", Raw("[" * 60 + "]" * 60))
    yield Wrong("bottomless", Raw("[" * 5000 + "]" * 5000), unreadable=True)
    kind = schema.get("type") or ("string" if "enum" in schema or "const" in schema else "")
    if kind != "object":
        yield Wrong("an object", {MARK: 1})
    if kind != "array":
        yield from (Wrong("a list", [MARK]), Wrong("an empty list", []))
    yield from {"string": _texts, "integer": _integers, "boolean": _booleans, "array": _lists, "object": _objects}.get(
        kind, _nothing
    )(schema)


def _texts(schema: Schema) -> Iterator[Wrong]:
    yield from (Wrong("a number", 7_654_321_987), Wrong("a boolean", True), Wrong("a fraction", 1.5))
    yield Wrong("NUL", f"{MARK}\0")
    if "maxLength" in schema:
        yield Wrong("too long", (MARK * 500)[: schema["maxLength"] + 1])
        yield Wrong("huge", MARK * 20_000)
    if {"enum", "const", "format", "pattern"} & schema.keys() or schema.get("minLength", 0):
        yield Wrong("empty", "")
    if {"enum", "const", "format", "pattern"} & schema.keys():
        unknown = f"{MARK} ?" if re.search(schema.get("pattern", "$^"), MARK) else MARK
        yield from (
            Wrong("unknown", unknown),
            Wrong("a line more", f"{MARK}\n"),
            Wrong("a list in text", f'["{MARK}"]'),
        )
    if schema.get("format") == "uuid":
        yield from (Wrong("a digit short", UUID[:-1]), Wrong("a letter wrong", UUID[:-1] + "g"))
    if schema.get("format") == "date":
        for text in ("2026-02-30", "2026-2-1", "2026-02-01T00:00:00Z", "1767225600", "20260201", "0001-01-01"):
            yield Wrong(f"the date {text}", text)
    if schema.get("format") == "date-time":
        for text in (
            "2026-02-30T08:00:00Z",
            "2026-02-01T08:00:00",
            "2026-02-01",
            "1767225600",
            "2026-02-01T24:00:01Z",
            "0001-01-01T00:00:00+14:00",
            "9999-12-31T23:59:59-12:00",
            "10000-01-01T00:00:00Z",
        ):
            yield Wrong(f"the time {text}", text)


def _integers(schema: Schema) -> Iterator[Wrong]:
    yield from (Wrong("a text", MARK), Wrong("a fraction", 1.5), Wrong("digits as text", "1"), Wrong("true", True))
    yield from (
        Wrong("huge", 10**40),
        Wrong("as negative", -(10**40)),
        Wrong("exponent", Raw("1e400"), unreadable=True),
    )
    if "minimum" in schema:
        yield Wrong("too small", schema["minimum"] - 1)
    if "maximum" in schema:
        yield Wrong("too large", schema["maximum"] + 1)


def _booleans(_: Schema) -> Iterator[Wrong]:
    for value in (0, 1, 2, 0.0, "true", "yes", "", MARK):
        yield Wrong(f"{value!r} for a boolean", value)


def _lists(schema: Schema) -> Iterator[Wrong]:
    yield from (Wrong("a text", MARK), Wrong("a number", 7), Wrong("a list of null", [None]))
    if schema.get("minItems"):
        yield Wrong("too few", [])


def _objects(schema: Schema) -> Iterator[Wrong]:
    yield from (Wrong("a text", MARK), Wrong("a number", 7), Wrong("a list", [{}]))
    if "properties" not in schema:
        yield Wrong("an entry of a wrong kind", {"conscious": MARK})


def _nothing(_: Schema) -> Iterator[Wrong]:
    return iter(())


def encoded(value: Any) -> str:
    """JSON text, with raw parts as they are."""
    if isinstance(value, Raw):
        return value.text
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(key)}:{encoded(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(encoded, value)) + "]"
    return json.dumps(value, allow_nan=False)
