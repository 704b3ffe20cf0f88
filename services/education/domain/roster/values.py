"""One cell of a roster as a value. A placeholder is no value; what can't be read raises Wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from contracts.identity import FamilyCardNumber, Nik, Nisn, is_placeholder, phones_in

LONGEST = 200
Judge = Callable[[str], str]
"""A number that holds, or ValidationError."""
_NIK: Judge = TypeAdapter(Nik).validator.validate_python
_FAMILY_CARD: Judge = TypeAdapter(FamilyCardNumber).validator.validate_python
_NISN: Judge = TypeAdapter(Nisn).validator.validate_python
_EXACT = 2**53
_ALMOST_UNIQUE = frozenset({"nik", "nisn", "family_card", "phone"})
_MOBILE = re.compile(r"(?:\+?62|0)(8[1-35-9][0-9]{7,10})")
"""Of Indonesia, as libphonenumber has it."""
_WHOLE = re.compile(r"-?[0-9]+")
_DAY_FIRST = re.compile(r"([0-3]?[0-9])[/.\- ]([01]?[0-9])[/.\- ]((?:19|20)[0-9]{2})")
_MONTHS = {
    name: number
    for names in ("jan feb mar apr mei jun jul agu sep okt nov des", "jan feb mar apr may jun jul aug sep oct nov dec")
    for number, name in enumerate(names.split(), start=1)
}
_IN_WORDS = re.compile(r"([0-3]?[0-9])[ \-]([a-z]{3,9})[ \-]((?:19|20)[0-9]{2})")
_EPOCH = date(1899, 12, 30)
_SEXES = {
    **dict.fromkeys(("l", "laki-laki", "laki laki", "lk", "pria", "m"), "L"),
    **dict.fromkeys(("p", "perempuan", "pr", "wanita", "f"), "P"),
}
_FLAGS = {**dict.fromkeys(("ya", "y", "1", "true"), True), **dict.fromkeys(("tidak", "t", "0", "false", "-"), False)}


class Wrong(Exception):
    """A code of faults.py; problem and fix for codes that a number's own check brings."""

    def __init__(self, code: str, problem: str = "", fix: str = "") -> None:
        super().__init__(code)
        self.code, self.problem, self.fix = code, problem, fix


Reader = Callable[[str, str], Any]
"""Text and kind of a cell to its value, None for a placeholder. Raises Wrong."""


@cache
def reader(kind: str) -> Reader:
    """What reads cells of a column of this kind."""
    read_text = _READERS[kind]

    def read(text: str, cell_kind: str) -> Any:
        if cell_kind == "error":
            raise Wrong("error_cell")
        if cell_kind == "formula":
            raise Wrong("not_calculated")
        return read_text(text, cell_kind == "number")

    # Most cells of a list say what the cell above says.
    return read if kind in _ALMOST_UNIQUE else lru_cache(maxsize=8192)(read)


def _text(text: str, number: bool) -> str | None:
    value = _digits_of(text) or text if number else " ".join(text.split())
    if len(value) > LONGEST:
        raise Wrong("too_long")
    return None if value in ("-", "--", "0") else value


def _digits(text: str, number: bool) -> str | None:
    """A number that is only a name, such as NIPD: text of whatever shape."""
    value = _text(text, number)
    return None if value is None or is_placeholder(value) else value


def _nisn(text: str, number: bool) -> str | None:
    value = _digits_of(text) or text if number else text
    if is_placeholder(value):
        return None
    value = value.strip()
    if value.isdigit() and 8 <= len(value) < 10:  # kept as a value once, and its zeros in front are gone
        value = value.zfill(10)
    return _judged(_NISN, value)


def _nik(text: str, number: bool) -> str | None:
    return _sixteen(_NIK, text, number)


def _family_card(text: str, number: bool) -> str | None:
    return _sixteen(_FAMILY_CARD, text, number)


def _sixteen(judge: Judge, text: str, number: bool) -> str | None:
    """A spreadsheet keeps 15 digits of a value, a file the whole numbers below 2^53: more may be another person's."""
    if number:
        value = _digits_of(text)
        if value is None or (value.strip("0") and (int(value) > _EXACT or (len(value) > 15 and value[-1] == "0"))):
            raise Wrong("number_lost_digits")
        text = value
    return None if is_placeholder(text) else _judged(judge, text)


def _judged(judge: Judge, text: str) -> str:
    try:
        return judge(text)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        context = first.get("ctx", {})
        raise Wrong(first["type"], str(context.get("problem", first["msg"])), str(context.get("fix", ""))) from None


def _digits_of(text: str) -> str | None:
    """`3.671012345678901E15` and `5.0` as whole numbers; None if it is none."""
    if _WHOLE.fullmatch(text):
        return text
    try:
        value = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    if not value.is_finite() or abs(value) > 10**18 or value != value.to_integral_value():
        return None
    return str(int(value))


def _date(text: str, number: bool) -> date | None:
    found = _serial(text) if number else _written(text)
    if found is None and not is_placeholder(text):
        raise Wrong("not_a_date")
    return found


def _serial(text: str) -> date | None:
    """Days since the end of 1899, as spreadsheets count them."""
    try:
        days = int(float(text.replace(",", ".")))
    except (ValueError, OverflowError):
        return None
    return _EPOCH + timedelta(days=days) if 10_000 <= days < 80_000 else None


def _written(text: str) -> date | None:
    text = text.strip().lower()
    try:
        if text[:4].isdigit():
            return date.fromisoformat(text[:10].replace("/", "-"))
        if match := _DAY_FIRST.match(text):
            return date(int(match[3]), int(match[2]), int(match[1]))
        if match := _IN_WORDS.match(text):
            return date(int(match[3]), _MONTHS[match[2][:3]], int(match[1]))
    except (ValueError, KeyError):
        return None
    return _serial(text) if text.isdigit() and len(text) == 5 else None


def _sex(text: str, _: bool) -> str:
    found = _SEXES.get(text.strip().lower())
    if found is None:
        raise Wrong("not_a_sex")
    return found


def _flag(text: str, _: bool) -> bool:
    found = _FLAGS.get(text.strip().lower())
    if found is None:
        raise Wrong("not_a_flag")
    return found


def _whole(text: str, _: bool) -> int | None:
    if is_placeholder(text):
        return None
    value = _digits_of(text.strip())
    if value is None or not 0 <= int(value) < 1_000_000:
        raise Wrong("not_whole")
    return int(value)


def _phone(text: str, number: bool) -> str | None:
    """In E.164 if it can be read, else as it stands: a number that nobody can call is no reason to refuse a child."""
    value = _digits_of(text) or text if number else text
    if is_placeholder(value):
        return None
    if number and value.startswith("8"):
        value = f"0{value}"
    if plain := _MOBILE.fullmatch(value):
        return f"+62{plain[1]}"
    found = phones_in(value)
    return found[0] if found else value[:LONGEST]


_READERS: dict[str, Callable[[str, bool], Any]] = {
    "text": _text,
    "digits": _digits,
    "nisn": _nisn,
    "nik": _nik,
    "family_card": _family_card,
    "date": _date,
    "sex": _sex,
    "flag": _flag,
    "whole": _whole,
    "year": _whole,
    "phone": _phone,
}
