"""Somebody who owns businesses; known by the key of the NIK."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from contracts.identity import Sex, in_city, nik_notices

COMPARED = frozenset({"name", "kelurahan_code", "household_key", "disability"})
"""What an officer compares with KTP and KK: if its owner changes it, somebody looks again."""


@dataclass(slots=True)
class Owner:
    """`citizen` is their account in the super app, `household_key` their family's."""

    id: UUID
    person_key: str
    nik: str = field(repr=False)
    name: str = field(repr=False)
    phone: str = field(repr=False)
    sex: Sex
    kelurahan_code: str
    household_key: str | None = None
    disability: bool = field(default=False, repr=False)
    citizen: str | None = None
    version: int = 1

    @property
    def resident(self) -> bool:
        """By the address on the KTP, never by the NIK: that is for life."""
        return in_city(self.kelurahan_code)

    @property
    def initials(self) -> str:
        """What the public sees of the name."""
        return initials(self.name)

    def notices(self, today: date) -> tuple[str, ...]:
        """What an officer should compare with the KTP."""
        return tuple(one.code for one in nik_notices(self.nik, today, sex=self.sex))

    def change(self, **told: object) -> frozenset[str]:
        """Take over what was told; returns what is new."""
        new = {name: value for name, value in told.items() if value is not None and getattr(self, name) != value}
        for name, value in new.items():
            setattr(self, name, value)
        self.version += bool(new)
        return frozenset(new)


def initials(name: str) -> str:
    """`Siti Aminah` -> `S. A.`: the first letter of each word that has one."""
    letters = (next((one for one in word if one.isalpha()), "") for word in name.split())
    return " ".join(f"{letter.upper()}." for letter in letters if letter)
