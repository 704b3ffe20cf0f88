"""Personal data inside free text: shapes of numbers, and values behind a sensitive name.

lokal-id's own log filter was tried first: it reads a UUID such as 12345678-0812-... as a mobile number, knows no
landlines or foreign numbers, and takes half a millisecond a line. Its partial masks are used.
"""

from __future__ import annotations

import re

from ..privacy.masks import mask_email, mask_nik, mask_phone
from .sensitive import HIDDEN, is_sensitive

# First what must stay as it is: a match here is consumed, so nothing inside it is taken for a number of a person.
_SHAPES = re.compile(
    r"""
    (?P<keep> \b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b      # UUID
            | \b[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}\b                 # traceparent
            | \b(?=[0-9]*[a-f])[0-9a-f]{32,128}\b                                   # trace id, digest
            | \b[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?
              (?:Z|[+-][0-9]{2}:?[0-9]{2})?                                         # timestamp
    )
  | (?P<credentials> (?<=://)[^\s/@:]*:[^\s/@]+(?=@) )
  | (?P<jwt> \beyJ[\w-]{5,}(?:\.[\w-]*){2,4} )
  | (?P<bearer> \b(?:Bearer|Basic|DPoP)\s+[\w.~+/=-]{8,} )
  | (?P<email> (?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+ )
  | (?P<nik> (?<![0-9])(?<![0-9][.\-])(?:[0-9][0-9][ .\-]?){7}[0-9][0-9](?![0-9]|[.\-][0-9]) )
  | (?P<phone> (?<![0-9A-Fa-f])(?<![0-9][.:+\-])
               (?: \+[0-9](?:[ .\-()]{0,2}[0-9]){7,14}                              # any country
                 | 62[ \-]?(?:8|2)[0-9](?:[ \-]?[0-9]){6,10}                        # Indonesia without +
                 | \(?0[2-9](?:[ .\-)(]{0,2}[0-9]){7,11}                            # national
               ) (?![0-9A-Za-z:]) )
    """,
    re.VERBOSE | re.ASCII,
)

# A field's name before its value: `nik=`, `'name': `, `patient_name = `.
_NAME = re.compile(r"""(?<![\w\-])(?P<key>[A-Za-z][\w\-]{1,60})["']?\s{0,3}(?P<sign>[=:])(?!//)\s{0,3}""", re.ASCII)
_QUOTED = r"""\w{0,30}(?:"(?:[^"\\\n]|\\.){0,4000}"|'(?:[^'\\\n]|\\.){0,4000}'|["'][^\n]*)"""
_NESTED = r"\w{0,40}(?:\[[^\]]{0,4000}\]|\([^)]{0,4000}\)|\{[^}]{0,4000}\})"
# Behind `=` free text ends where the next name begins; behind `:` at a comma or the end of the line.
_VALUES = {
    "=": re.compile(rf"{_QUOTED}|{_NESTED}|[^\s,;&)}}\]\"']+(?:[ ](?![\w\-]+[ ]?[=:])[^\s,;&)}}\]\"']+){{0,8}}"),
    ":": re.compile(rf"{_QUOTED}|{_NESTED}|[^,;)}}\]\"'\n]+"),
}
# Where libraries print values: PostgreSQL's details, SQLAlchemy's parameters, pydantic's input.
_DUMPS = (
    (re.compile(r"(Key \([^)\n]{0,200}\)=\().{0,500}?(\) (?:already|is |conflicts))"), r"\1***\2"),
    (re.compile(r"(Failing row contains ).*?(?=\n\[SQL:|\Z)", re.DOTALL), r"\1(***)"),
    (re.compile(r"(\[parameters: )[^\n]*"), r"\1***]"),
    (re.compile(r"(input_value=).{0,300}?(?=, input_type=)", re.DOTALL), r"\1***"),
)
MAX_LENGTH = 32_768  # characters of one text; the rest is cut, so that no line costs more than milliseconds


def mask_text(text: str) -> str:
    """The text with NIK, KK, phone numbers, e-mails, tokens and values of sensitive names masked."""
    if len(text) > MAX_LENGTH:
        text = text[:MAX_LENGTH] + " [cut]"
    for pattern, replacement in _DUMPS:
        text = pattern.sub(replacement, text)
    return _SHAPES.sub(_mask_shape, _mask_named(text))


def _mask_named(text: str) -> str:
    parts, done = [], 0
    while name := _NAME.search(text, done):
        value = _VALUES[name["sign"]].match(text, name.end()) if is_sensitive(name["key"]) else None
        parts += [text[done : name.end()], HIDDEN if value else ""]
        done = value.end() if value else name.end()
    return "".join(parts) + text[done:]


def _mask_shape(match: re.Match[str]) -> str:
    found = match.group()
    match match.lastgroup:
        case "keep":
            return found
        case "email":
            return mask_email(found)
        case "nik":
            return mask_nik(found)
        case "phone":
            return mask_phone(found)
        case "bearer":
            return f"{found.split()[0]} {HIDDEN}"
        case _:
            return HIDDEN
