"""What is known of a pupil when the rules are looked at: kept with every decision, enough to judge it again."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from contracts.education import AgreementState, EvidenceKind, Level, Ownership

_DAYS = ("resident_on", "elsewhere_on", "letter_on", "decile_on")


@dataclass(frozen=True, slots=True)
class Inputs:
    """Each source with its date. `places`: how many the agreement has for the grade; `household`: whether a family card
    is known, without which there is no decile."""

    level: Level | None = None
    ownership: Ownership | None = None
    grade: int | None = None
    agreement: AgreementState | None = None
    places: int = 0
    resident_by: EvidenceKind | None = None
    resident_on: date | None = None
    elsewhere_on: date | None = None
    letter_on: date | None = None
    household: bool = False
    decile: int | None = None
    decile_source: str | None = None
    decile_on: date | None = None

    def frozen(self) -> dict[str, Any]:
        """As it is kept: JSON, without what is not known."""
        told = {one.name: getattr(self, one.name) for one in fields(self)}
        known = {name: value for name, value in told.items() if value is not None}
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in known.items()}

    @classmethod
    def thawed(cls, kept: dict[str, Any]) -> Inputs:
        """As it was."""
        days = {name: date.fromisoformat(kept[name]) for name in _DAYS if name in kept}
        enums = {
            name: kind(kept[name])
            for name, kind in (
                ("level", Level),
                ("ownership", Ownership),
                ("agreement", AgreementState),
                ("resident_by", EvidenceKind),
            )
            if name in kept
        }
        return cls(**{**kept, **days, **enums})
