"""What all numbers have in common: they are text, typed by people, in ASCII digits, with separators nobody means."""

from __future__ import annotations

import re
from typing import Any, NoReturn

from pydantic_core import PydanticCustomError

SEPARATORS = re.compile(r"[\s.\-\u2010-\u2015]")


def refuse(code: str, problem: str, fix: str) -> NoReturn:
    """Raise the error of a field: what is wrong and how to mend it, never the value itself."""
    raise PydanticCustomError(code, "{problem}", {"problem": problem, "fix": fix})  # type: ignore[misc]


def compact(value: Any, what: str) -> str:
    """The text without spaces, dots and dashes. A number type is refused: it has already lost its leading zeros."""
    if not isinstance(value, str):
        refuse("not_text", f"{what} must be text", "send it in quotes, so that leading zeros survive")
    text = SEPARATORS.sub("", value)
    if not text.isascii():
        refuse("not_ascii", f"{what} holds characters outside ASCII", "type it with the digits 0 to 9")
    return text


def digits(value: Any, what: str, length: int) -> str:
    """Exactly `length` ASCII digits, separators removed."""
    text = compact(value, what)
    if not text.isdigit():
        refuse("not_digits", f"{what} may hold digits only", f"send its {length} digits")
    if len(text) != length:
        refuse("wrong_length", f"{what} has {length} digits, this has {len(text)}", "compare it with the card")
    return text
