"""What assessors read must not tell who applies: as far as a machine sees it."""

from __future__ import annotations

import re

from contracts.problems import wrong_field

from ..owner import Owner

TELLING_DIGITS = 9
"""So many last digits of a telephone number are somebody's."""


def require_blind(field: str, text: str, owner: Owner) -> None:
    """Raise InvalidRequest for a text with the owner's NIK, telephone number or whole name. A name of one word is often
    a word, too."""
    digits = re.sub(r"[^0-9]", "", text)
    words, name = (" ".join(re.findall(r"\w+", one.casefold())) for one in (text, owner.name))
    named = " " in name and f" {name} " in f" {words} "
    if named or owner.nik in digits or owner.phone[-TELLING_DIGITS:] in digits:
        raise wrong_field(
            field, "tells_who", "it tells who applies, and the assessors read it", "leave out names and numbers"
        )
