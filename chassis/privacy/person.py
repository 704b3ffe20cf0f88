"""Keyed hashes by which services recognise a person, a family or a phone without knowing the number.

The same number gives the same key in every service of the suite (one secret), and nothing without the secret. The
kinds are kept apart: a NIK and a nomor KK of the same digits give different keys.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError

from contracts.identity import FamilyCardNumber, Nik, Nisn, Phone

from ..settings import Settings
from .keys import KEY_BYTES, parse_secret

NumberKind = Literal["person", "household", "nisn"]
KEY_PATTERN = r"^[a-z2-7]{32}$"
_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = [one + other for one in _LETTERS for other in _LETTERS]
_NIK: TypeAdapter[str] = TypeAdapter(Nik)
_FAMILY_CARD: TypeAdapter[str] = TypeAdapter(FamilyCardNumber)
_PHONE: TypeAdapter[str] = TypeAdapter(Phone)
_NISN: TypeAdapter[str] = TypeAdapter(Nisn)


class UnusableNumber(ValueError):
    """A number that is not valid has no key: otherwise two spellings would make two people. Holds no number."""


class PersonKeys:
    """Makes the keys; each is 32 letters that match KEY_PATTERN."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) != KEY_BYTES:
            raise ValueError(f"PersonKeys needs {KEY_BYTES} bytes")
        self._secret = secret
        self._hmac = hmac.new(secret, digestmod="sha256")  # prepared once, copied for each number

    @classmethod
    def from_settings(cls, settings: Settings) -> PersonKeys:
        """The keys of the whole suite. Raises KeyConfigurationError."""
        text = settings.person_key_secret.get_secret_value()
        return cls(parse_secret("PERSON_KEY_SECRET", text, production=settings.environment == "production"))

    def person_key(self, nik: str) -> str:
        """Key of a person by NIK. Raises UnusableNumber."""
        return self._key("person", _NIK, nik)

    def household_key(self, family_card: str) -> str:
        """Key of a family by nomor KK. Raises UnusableNumber."""
        return self._key("household", _FAMILY_CARD, family_card)

    def phone_key(self, phone: str) -> str:
        """Key of a phone number. Raises UnusableNumber."""
        return self._key("phone", _PHONE, phone)

    def nisn_key(self, nisn: str) -> str:
        """Key of a pupil by NISN. Raises UnusableNumber."""
        return self._key("nisn", _NISN, nisn)

    def name_key(self, name: str) -> str:
        """Key of a name in the spelling in which names are compared; many people share one."""
        return self._hash("name", name)

    def checked(self, kind: NumberKind, number: str) -> str:
        """The same key as above, of a number that was validated a moment ago: for files of many thousand rows."""
        return self._hash(kind, number)

    def fingerprint(self, content: bytes) -> bytes:
        """By which content is known to be the same: 16 bytes."""
        return hashlib.blake2b(content, key=self._secret, digest_size=16, person=b"fingerprint").digest()

    def word_code(self, word: str) -> int:
        """A word, or the beginning of one, as a number by which names are found: 32 bits, signed."""
        digest = hashlib.blake2b(word.encode(), key=self._secret, digest_size=4, person=b"word").digest()
        return int.from_bytes(digest, signed=True)

    def _key(self, kind: str, adapter: TypeAdapter[str], value: Any) -> str:
        try:
            number = adapter.validate_python(value)
        except ValidationError as error:
            raise UnusableNumber(error.errors(include_input=False)[0]["msg"]) from None
        return self._hash(kind, number)

    def _hash(self, kind: str, text: str) -> str:
        keyed = self._hmac.copy()
        keyed.update(f"{kind}\0{text}".encode())
        digest = keyed.digest()
        return _eighty_bits(digest[:10]) + _eighty_bits(digest[10:20])  # 160 bits: far beyond chance collisions


def _eighty_bits(data: bytes) -> str:
    """Base32, ten bits at a time: a third of the library's time, and rosters need half a million."""
    bits, two = int.from_bytes(data), _PAIRS
    return (
        f"{two[bits >> 70]}{two[bits >> 60 & 1023]}{two[bits >> 50 & 1023]}{two[bits >> 40 & 1023]}"
        f"{two[bits >> 30 & 1023]}{two[bits >> 20 & 1023]}{two[bits >> 10 & 1023]}{two[bits & 1023]}"
    )
