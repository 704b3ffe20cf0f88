"""Numbers that identify people, families, schools, businesses and places, as types of fields.

Each type takes what people write (spaces, dots, dashes), refuses what cannot be right with a typed error naming the
problem and the fix, and hands on one canonical text. All are TEXT: leading zeros are real. Nothing here reads a clock
or the network.

    class Applicant(Model):
        nik: Nik
        phone: Phone

To judge a value outside of a model: `TypeAdapter(Nik).validate_python(text)`.
"""

from __future__ import annotations

from ._text import is_placeholder
from .phone import Phone, phones_in
from .population import (
    FamilyCardNumber,
    Nik,
    Notice,
    Sex,
    family_card_notices,
    nik_birth_date_and_sex,
    nik_notices,
)
from .regions import CITY_CODE, KecamatanCode, KelurahanCode, in_city, kecamatan_of, region_name, regions_within
from .registers import Nib, Nisn, Npsn

__all__ = [
    "CITY_CODE",
    "FamilyCardNumber",
    "KecamatanCode",
    "KelurahanCode",
    "Nib",
    "Nik",
    "Nisn",
    "Notice",
    "Npsn",
    "Phone",
    "Sex",
    "family_card_notices",
    "in_city",
    "is_placeholder",
    "kecamatan_of",
    "nik_birth_date_and_sex",
    "nik_notices",
    "phones_in",
    "region_name",
    "regions_within",
]
