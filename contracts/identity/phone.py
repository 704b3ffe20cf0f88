"""Phone numbers: judged by libphonenumber, kept in E.164."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Annotated, Any

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType
from pydantic import BeforeValidator, WithJsonSchema

from ._text import refuse

_REGION = "ID"
_SHAPE = re.compile(r"\+?[0-9 ().\-]+")
_EMERGENCY = {"110", "112", "113", "118", "119"}
_REACHABLE = {
    PhoneNumberType.MOBILE,
    PhoneNumberType.FIXED_LINE,
    PhoneNumberType.FIXED_LINE_OR_MOBILE,
}
_FIX = "send a mobile number such as 0812..., a landline with its area code such as 021..., or a foreign one with +"


def _phone(value: Any) -> str:
    if not isinstance(value, str):
        refuse("not_text", "phone must be text", "send it in quotes, so that its leading zero or + survives")
    text = " ".join(value.split())
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
    try:
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
