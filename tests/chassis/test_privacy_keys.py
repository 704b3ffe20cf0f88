"""Keys from the environment, keyed hashes of people, masks for screens."""

from __future__ import annotations

import base64
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from chassis.privacy import (
    FieldCipher,
    KeyConfigurationError,
    PersonKeys,
    UnusableNumber,
    mask_account,
    mask_email,
    mask_family_card,
    mask_name,
    mask_nik,
    mask_nisn,
    mask_phone,
    parse_field_keys,
    parse_secret,
)
from chassis.privacy.keys import development_secret
from chassis.privacy.person import KEY_PATTERN
from chassis.settings import Settings

VARIABLE = "FIELD_KEYS_SAMPLE"


def text(secret: bytes) -> str:
    return base64.b64encode(secret).decode()


A, B = text(bytes(range(32))), text(bytes(range(32, 64)))


def test_the_first_key_is_the_current_one() -> None:
    keys = parse_field_keys(VARIABLE, f" k2:{B}, k1:{A} ", production=True)
    assert [key.id for key in keys] == ["k2", "k1"]
    assert keys[0].secret == bytes(range(32, 64))


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("nonsense", "key 1: must look like"),
        (f"K1:{A}", "key 1: must look like"),
        (f"k2:{A},k1", "key 2: must look like"),
        (f"k2:{A},", "key 2: must look like"),
        ("k1:@@@@", "key 1: not base64"),
        (f"k1:{A[:-4]}", "key 1: not base64|30 bytes"),
        (f"k1:{text(b'short')}", "key 1: 5 bytes, 32 are needed"),
        (f"k1:{A},k1:{B}", "stands twice"),
        (f"k1:{A},k2:{A}", "the same key"),
    ],
)
def test_unusable_keys_are_told_by_variable_and_place_not_by_content(value: str, told: str) -> None:
    with pytest.raises(KeyConfigurationError, match=told) as caught:
        parse_field_keys(VARIABLE, value, production=False)
    assert VARIABLE in str(caught.value)
    assert A not in str(caught.value) and "@@@@" not in str(caught.value)


@pytest.mark.parametrize("value", ["", "  ", "known", "zeros"])
def test_production_refuses_defaults(value: str) -> None:
    known = {"known": text(development_secret(VARIABLE, production=False)), "zeros": text(bytes(32))}
    value = known.get(value, value)
    parse_secret(VARIABLE, value, production=False)
    with pytest.raises(KeyConfigurationError, match=VARIABLE):
        parse_secret(VARIABLE, value, production=True)
    with pytest.raises(KeyConfigurationError, match=VARIABLE):
        parse_field_keys(VARIABLE, f"k1:{value}" if value.strip() else value, production=True)


def settings(service: str = "sample", environment: str = "development") -> Settings:
    """Settings without any key; not validated, because `Settings` itself would refuse them in production."""
    empty = SecretStr("")
    return Settings.model_construct(service=service, environment=environment, field_keys=empty, person_key_secret=empty)


def test_a_laptop_needs_no_keys_and_each_service_has_its_own() -> None:
    one, other = (FieldCipher.from_settings(settings(service=name)) for name in ("one", "other"))
    sealed = one.encrypt("x", field="a.b", row=1)
    assert FieldCipher.from_settings(settings(service="one")).decrypt(sealed, field="a.b", row=1) == "x"
    with pytest.raises(Exception, match=r"a\.b"):
        other.decrypt(sealed, field="a.b", row=1)
    with pytest.raises(KeyConfigurationError, match="FIELD_KEYS_SAMPLE"):
        FieldCipher.from_settings(settings(environment="production"))
    with pytest.raises(KeyConfigurationError, match="PERSON_KEY_SECRET"):
        PersonKeys.from_settings(settings(environment="production"))


KEYS = PersonKeys(bytes(range(32)))
NIK = "3671011508959001"


def test_a_person_has_one_key_however_the_number_is_written() -> None:
    assert KEYS.person_key("36.71.01-150895 9001") == KEYS.person_key(NIK)
    assert KEYS.phone_key("0812-3456-7890") == KEYS.phone_key("+6281234567890")


def test_the_key_is_that_of_hmac_sha256() -> None:
    # Computed apart: openssl dgst -sha256 -mac HMAC over "person\0" + NIK, its first 20 bytes in base32.
    assert KEYS.person_key(NIK) == "mnekafvspzensb3wdyuvbomnwsgmkire"


def test_kinds_and_secrets_are_kept_apart() -> None:
    other = PersonKeys(bytes(32))
    keys = [KEYS.person_key(NIK), KEYS.household_key(NIK), other.person_key(NIK), KEYS.phone_key("081234567890")]
    keys.append(KEYS.nisn_key("0012345678"))
    assert len(set(keys)) == 5
    assert all(re.fullmatch(KEY_PATTERN, key) for key in keys)


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_two_people_never_share_a_key(one: int, other: int) -> None:
    same = KEYS.person_key(f"367101150895{one:04}") == KEYS.person_key(f"367101150895{other:04}")
    assert same == (one == other)


def test_what_is_no_number_has_no_key_and_is_not_repeated() -> None:
    for call in (KEYS.person_key, KEYS.household_key, KEYS.phone_key, KEYS.nisn_key):
        with pytest.raises(UnusableNumber) as caught:
            call("3671019999999001x")
        assert "3671019999999001" not in str(caught.value)
        assert caught.value.__cause__ is None and caught.value.__suppress_context__


@pytest.mark.parametrize(
    ("masked", "expected"),
    [
        (mask_nik(NIK), "3671********9001"),
        (mask_family_card("3671011508100001"), "3671********0001"),
        (mask_nisn("0012345678"), "*******678"),
        (mask_phone("+6281234567890"), "0812****7890"),
        (mask_phone("+62215523456"), "021****456"),
        (mask_phone("+16502530000"), "1650****0000"),
        (mask_phone("110"), "***"),
        (mask_account("1234567890"), "******7890"),
        (mask_account("1234"), "***"),
        (mask_name("Siti Aminah"), "S*** A***"),
        (mask_name(""), "***"),
        (mask_email("siti.aminah@example.id"), "s***@example.id"),
        (mask_email("@"), "***"),
        (mask_nik("367101"), "***"),
        (mask_nisn("1"), "***"),
    ],
)
def test_masks(masked: str, expected: str) -> None:
    assert masked == expected


@given(st.from_regex(r"\+[1-9][0-9]{6,14}", fullmatch=True))
def test_a_masked_phone_hides_at_least_three_digits(phone: str) -> None:
    shown = sum(character.isdigit() for character in mask_phone(phone))
    assert shown <= len(phone) - 1 - 3 + phone.startswith("+62")
