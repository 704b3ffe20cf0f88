"""What all numbers have in common: they are text, typed by people, in ASCII digits, with separators nobody means."""

from __future__ import annotations

import re
from typing import Any, NoReturn

from pydantic_core import PydanticCustomError

SEPARATORS = re.compile(r"[\s.\-\u2010-\u2015]")


PLACEHOLDER = re.compile(r"[PK]?0*|[-–—.?x]+|n/?a|nihil|tidak ada|belum ada|tdk ada|kosong|none|null", re.IGNORECASE)
"""What people enter where there is no number. Kept as a number, it would make one person of all of them."""


def is_placeholder(text: str) -> bool:
    """True for an entry that means "none": nothing, a dash, zeros, or the words for it."""
    if text.isdigit():
        return not text.strip("0")
    return PLACEHOLDER.fullmatch(" ".join(text.split())) is not None or not compact_text(text).strip("0")


def compact_text(text: str) -> str:
    """Without spaces, dots and dashes."""
    return SEPARATORS.sub("", text)


def refuse(code: str, problem: str, fix: str) -> NoReturn:
    """Raise the error of a field: what is wrong and how to mend it, never the value itself."""
    raise PydanticCustomError(code, "{problem}", {"problem": problem, "fix": fix})  # type: ignore[misc]


def compact(value: Any, what: str) -> str:
    """The text without spaces, dots and dashes. A number type is refused: it has already lost its leading zeros."""
    if not isinstance(value, str):
        refuse("not_text", f"{what} must be text", "send it in quotes, so that leading zeros survive")
    text = compact_text(value)
    if not text.isascii():
        refuse("not_ascii", f"{what} holds characters outside ASCII", "type it with the digits 0 to 9")
    return text


def digits(value: Any, what: str, length: int) -> str:
    """Exactly `length` ASCII digits, separators removed; not what only stands for a number."""
    if isinstance(value, str) and len(value) == length and value.isascii() and value.isdigit() and value.strip("0"):
        return value  # as nearly all are: a list of a hundred thousand children holds half a million of them
    if isinstance(value, str) and value.strip() and is_placeholder(value):
        refuse("placeholder", f"this is no {what}, it stands for none", "leave the field out if there is none")
    text = compact(value, what)
    if not text.isdigit():
        refuse("not_digits", f"{what} may hold digits only", f"send its {length} digits")
    if len(text) != length:
        refuse("wrong_length", f"{what} has {length} digits, this has {len(text)}", "compare it with the card")
    return text
