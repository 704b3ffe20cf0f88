"""A certificate: one person has passed one training. Its code tells a mistyped digit from one that does not exist."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from stdnum.exceptions import ValidationError as CheckFailed
from stdnum.iso7064 import mod_11_10

from contracts.problems import wrong_field
from contracts.umkm import CertificateState

DIGITS = 12


@dataclass(slots=True)
class Certificate:
    """`code` holds 13 digits; `name` is the owner's on the day of issue."""

    id: UUID
    code: str
    seat_id: UUID
    batch_id: UUID
    business_id: UUID
    owner_id: UUID
    name: str = field(repr=False)
    course: str
    completed_on: date
    issued_at: datetime
    state: CertificateState = CertificateState.VALID
    reason: str | None = None
    version: int = 1

    def revoke(self, reason: str) -> bool:
        """It does not count any more; False if it did not before."""
        if self.state is CertificateState.REVOKED:
            return False
        self.state, self.reason = CertificateState.REVOKED, reason
        self.version += 1
        return True

    def restore(self) -> None:
        """It counts again: what it was revoked for was a mistake."""
        self.state, self.reason = CertificateState.VALID, None
        self.version += 1


def code_of(secret: bytes) -> str:
    """Twelve digits that nobody can guess, from 16 secret bytes, and a check digit (ISO 7064 mod 11, 10)."""
    digits = f"{int.from_bytes(secret) % 10**DIGITS:0{DIGITS}d}"
    return digits + mod_11_10.calc_check_digit(digits)


def require_code(code: str) -> None:
    """Raise InvalidRequest if a digit must be wrong, or two were exchanged."""
    try:
        mod_11_10.validate(code)
    except CheckFailed:
        raise wrong_field(
            "certificate_code",
            "code_check",
            "a digit of the code is wrong",
            "compare it with the certificate digit by digit",
        ) from None


def grouped(code: str) -> str:
    """As it is printed: 4821-0937-5512-8."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))
