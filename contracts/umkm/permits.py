"""Numbers of permits, as types of fields: people copy them from labels with prefixes, spaces and dashes."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from ..identity._text import compact, is_placeholder, refuse

_PIRT = re.compile(r"([1-8][0-9]{12})([0-9]{2})")
_PIRT_PREFIX = re.compile(r"^(SPP)?P?IRT(NO|NOMOR)?:?", re.IGNORECASE)
_BPOM = re.compile(r"(MD|ML)[0-9]{12,15}|N[A-E][0-9]{11}")
_BPOM_PREFIX = re.compile(r"^(BPOM)?(RI)?(NO|NOMOR)?:?", re.IGNORECASE)
_HALAL = re.compile(r"[A-Z0-9/]{8,30}")


def _pirt(value: Any) -> str:
    text = _PIRT_PREFIX.sub("", _plain(value, "P-IRT"))
    match = _PIRT.fullmatch(text)
    if match is None:
        refuse("pirt_shape", "P-IRT has 15 digits, the first from 1 to 8", "copy it from the SPP-IRT certificate")
    return "-".join(match.groups())


def _bpom(value: Any) -> str:
    text = _BPOM_PREFIX.sub("", _plain(value, "BPOM").upper(), count=1)
    if not _BPOM.fullmatch(text):
        refuse(
            "bpom_shape",
            "a BPOM number is MD or ML with 12 to 15 digits, or NA to NE with 11",
            "copy it from the certificate",
        )
    return text


def _halal(value: Any) -> str:
    text = _plain(value, "halal").upper()
    if not _HALAL.fullmatch(text):
        refuse("halal_shape", "a halal number has 8 to 30 letters and digits", "copy it from the certificate")
    return text


def _plain(value: Any, what: str) -> str:
    if isinstance(value, str) and value.strip() and is_placeholder(value):
        refuse("placeholder", "this is no number of a permit, it stands for none", "leave the permit out")
    return compact(value, what)


def _schema(pattern: str, description: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": pattern, "description": description, "maxLength": 60})


PirtNumber = Annotated[
    str, BeforeValidator(_pirt), _schema(r"^[1-8][0-9]{12}-?[0-9]{2}$", "P-IRT, 15 digits, as on the label.")
]
"""SPP-IRT number; kept as 13 digits, dash, 2 digits. What its last two digits mean is not read."""

BpomNumber = Annotated[
    str, BeforeValidator(_bpom), _schema(r"^((MD|ML)[0-9]{12,15}|N[A-E][0-9]{11})$", "BPOM registration.")
]
"""Registration of food (MD, ML) or notification of cosmetics (NA to NE)."""

HalalNumber = Annotated[str, BeforeValidator(_halal), _schema(r"^[A-Z0-9/]{8,30}$", "Halal certificate.")]
"""Old and new forms are in use, so little is judged."""
