"""Terms of the programme: one version for each change; a group keeps the one under which it was formed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from contracts.identity import nik_birth_date_and_sex
from contracts.problems import wrong_field
from contracts.umkm import AdministrationTaken, GroupSize, NotEligibleForCapital, SizeClass

from ..owner import Owner


@dataclass(frozen=True, slots=True)
class LadderStep:
    """`certificates`: how many trainings are to be passed first."""

    least_rupiah: int
    most_rupiah: int
    most_months: int
    certificates: int


@dataclass(frozen=True, slots=True)
class Terms:
    """One version; it never changes. Fees are in hundredths of a percent."""

    version: int
    bank_code: str
    steps: tuple[LadderStep, ...]
    least_members: int
    most_members: int
    least_age: int
    most_age: int
    classes: tuple[SizeClass, ...]
    administration_basis_points: int
    administration_taken: AdministrationTaken
    grace_days: int
    office_hours: int
    bank_hours: int
    set_at: datetime
    note: str | None = None

    def same_as(self, other: Terms) -> bool:
        """Whether it says the same, whenever and why it was set."""
        return replace(self, version=other.version, set_at=other.set_at, note=other.note) == other

    def require_sound(self) -> None:
        """Raise InvalidRequest for terms by which nobody could borrow."""
        for low, high in (("least_members", "most_members"), ("least_age", "most_age")):
            if getattr(self, low) > getattr(self, high):
                raise wrong_field(high, "below_least", "the most is below the least", "compare the two")
        for number, one in enumerate(self.steps):
            if one.least_rupiah > one.most_rupiah:
                raise wrong_field(
                    f"steps.{number}.most_rupiah", "below_least", "the most is below the least", "compare the two"
                )

    def step(self, number: int) -> LadderStep:
        """Of the ladder, from 1; above its end the last."""
        return self.steps[min(number, len(self.steps)) - 1]

    def administration(self, rupiah: int) -> int:
        """The fee of a loan, rounded to the nearest rupiah."""
        return (rupiah * self.administration_basis_points + 5_000) // 10_000

    def payout(self, rupiah: int) -> int:
        """What the bank hands over."""
        upfront = self.administration_taken is AdministrationTaken.UPFRONT
        return rupiah - self.administration(rupiah) if upfront else rupiah

    def require_sum(self, step: int, rupiah: int, months: int) -> None:
        """Raise InvalidRequest unless this can be borrowed on this step."""
        told = self.step(step)
        if not told.least_rupiah <= rupiah <= told.most_rupiah:
            raise wrong_field(
                "rupiah",
                "outside_step",
                "the sum is below the least or above the most of this member's step",
                "look at the ladder of the business",
            )
        if months > told.most_months:
            raise wrong_field(
                "months", "outside_step", "this is longer than a member's step allows", "look at the ladder"
            )

    def require_members(self, members: int) -> None:
        """Raise GroupSize."""
        if not self.least_members <= members <= self.most_members:
            raise GroupSize(members=members, least=self.least_members, most=self.most_members)

    def missing(self, owner: Owner, size: SizeClass, step: int, certificates: int, today: date) -> tuple[str, ...]:
        """Why an owner can't borrow, by what is known of the owner alone."""
        found = []
        if not self.least_age <= age(owner, today) <= self.most_age:
            found.append("age")
        if not owner.resident:
            found.append("resident")
        if size not in self.classes:
            found.append("size_class")
        if owner.household_key is None:
            found.append("household_unknown")
        if certificates < self.step(step).certificates:
            found.append("certificate")
        return tuple(found)

    def require_eligible(
        self, owner: Owner, size: SizeClass, step: int, certificates: int, today: date, *, at_any_age: bool = False
    ) -> None:
        """Raise NotEligibleForCapital with the first thing that is missing. `at_any_age`: whoever asked in time."""
        found = self.missing(owner, size, step, certificates, today)
        for why in [one for one in found if not (at_any_age and one == "age")][:1]:
            told: dict[str, dict[str, Any]] = {
                "age": {"age": age(owner, today), "least": self.least_age, "most": self.most_age},
                "size_class": {"classes": list(map(str, self.classes))},
                "certificate": {"needed": self.step(step).certificates},
            }
            raise NotEligibleForCapital(WHY[why][0], detail_id=WHY[why][1], why=why, **told.get(why, {}))


WHY = {  # English, Indonesian
    "age": ("the owner is too young or too old for the programme", "usia pemilik di luar batas program"),
    "resident": ("the owner's KTP is of another city", "KTP pemilik dari kota lain"),
    "size_class": ("the business is larger than the programme is for", "skala usaha di atas sasaran program"),
    "household_unknown": (
        "the family is not known: record the number of the family card with the owner",
        "keluarga belum diketahui: catat nomor kartu keluarga pemilik",
    ),
    "certificate": (
        "a training is to be passed first: ask for a seat in one",
        "harus lulus pelatihan dahulu: mintalah kursi pelatihan",
    ),
    "deceased": ("the owner's death was recorded", "kematian pemilik tercatat"),
}


def age(owner: Owner, today: date) -> int:
    """In whole years, by the birth date in the NIK."""
    born, _ = nik_birth_date_and_sex(owner.nik, today)
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def next_step(settled: Sequence[tuple[int, bool]]) -> int:
    """The step that is open after these loans (step, whether timely); a late one opens nothing and closes nothing."""
    return 1 + max((step for step, timely in settled if timely), default=0)
