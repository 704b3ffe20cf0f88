"""Phone numbers: judged by libphonenumber, kept in E.164. What is pasted is read if it can mean but one number."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Annotated, Any

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType
from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from ._text import refuse

_REGION = "ID"
_SHAPE = re.compile(r"\(?\+?[0-9 ().\-]+")
_COUNTRY = re.compile(r"(?:00)?(62[0-9]{7,13})")
"""As chat applications and foreign phones write it: 62 without a plus, or 0062. Nobody writes an area code 062x without
its 0, but libphonenumber would take 62811987654 for a landline of such an area."""
_SEVERAL = re.compile(r"[/,;|&]|\b(?:atau|dan|or|and)\b")
_DASHES = re.compile(r"[\u2010-\u2015\u2212\u02d7\u30fc\ufe58\ufe63]")
_EMERGENCY = {"110", "112", "113", "118", "119"}
_REACHABLE = {
    PhoneNumberType.MOBILE,
    PhoneNumberType.FIXED_LINE,
    PhoneNumberType.FIXED_LINE_OR_MOBILE,
}
_FIX = "send a mobile number such as 0812..., a landline with its area code such as 021..., or a foreign one with +"


def phones_in(text: str) -> list[str]:
    """The numbers that can be read in what somebody told, in E.164, in the order told; none for none. Never raises."""
    found = []
    for part in _SEVERAL.split(_plain(text)):
        try:
            found.append(_phone(part))
        except PydanticCustomError:
            continue
    return list(dict.fromkeys(found))


def _plain(text: str) -> str:
    """Without what only typesets: joined spaces, ASCII dashes, no direction marks and other invisible characters."""
    if text.isascii():
        return " ".join(text.split())
    seen = "".join(one for one in _DASHES.sub("-", text) if unicodedata.category(one) != "Cf")
    return " ".join(_DASHES.sub("-", unicodedata.normalize("NFKC", seen)).split())


def _phone(value: Any) -> str:
    if not isinstance(value, str):
        refuse("not_text", "phone must be text", "send it in quotes, so that its leading zero or + survives")
    text = _plain(value)
    if _SEVERAL.search(text) and len(phones_in(text)) > 1:
        refuse("phone_several", "these are several numbers", "send one of them")
    if not _SHAPE.fullmatch(text):
        refuse("phone_shape", "phone may hold digits, spaces, dots, dashes, brackets and one leading +", _FIX)
    return _judged(text)


# A request's number is looked at more than once (checked, stored, keyed): judge it once. Small on purpose.
@lru_cache(maxsize=64)
def _judged(text: str) -> str:
    number = _parse(text)
    kind = phonenumbers.number_type(number)
    if kind == PhoneNumberType.TOLL_FREE:
        refuse("phone_toll_free", "this is a toll-free service number, not the number of a person", _FIX)
    if kind not in _REACHABLE:
        refuse("phone_invalid", "this is not a mobile or landline number", _FIX)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _parse(text: str) -> PhoneNumber:
    with_country = _COUNTRY.fullmatch(re.sub(r"[ ().\-]", "", text))
    try:
        if with_country:
            number = phonenumbers.parse(f"+{with_country[1]}", _REGION)
            if phonenumbers.number_type(number) in _REACHABLE:
                return number
        number = phonenumbers.parse(text, _REGION)
    except NumberParseException:
        refuse("phone_invalid", "this is not a phone number", _FIX)
    if str(number.national_number) in _EMERGENCY:
        refuse("phone_emergency", "this is an emergency line; nobody can be called back on it", _FIX)
    return number


Phone = Annotated[
    str,
    BeforeValidator(_phone),
    WithJsonSchema(
        {"type": "string", "minLength": 7, "maxLength": 32, "description": "Phone number; kept as E.164, +62812..."}
    ),
]
"""A number on which a person can be called back: E.164 after validation."""
