"""A business: registered → verified ⇄ suspended → closed. The version rises by one per change."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from contracts.problems import wrong_field
from contracts.umkm import BusinessState, BusinessWrongState, SizeClass, Trade

from .refusals import wrong_state
from .size import Size

ALIVE = (BusinessState.REGISTERED, BusinessState.VERIFIED)
NOT_CLOSED = (*ALIVE, BusinessState.SUSPENDED)
HIDDEN = (BusinessState.SUSPENDED, BusinessState.CLOSED)
"""Of these shoppers see nothing, and nothing new is for them."""
VERIFIED_FIELDS = frozenset({"name", "kelurahan_code", "address", "nib"})
"""What an officer has compared: if it changes, somebody looks again."""


@dataclass(slots=True)
class Business:
    """`class_before` is the class of which it was before its last declaration; `nib` None: pending."""

    id: UUID
    owner_id: UUID
    name: str
    trade: Trade
    kelurahan_code: str
    address: str = field(repr=False)
    founded_on: date
    size: Size
    registered_at: datetime
    nib: str | None = None
    state: BusinessState = BusinessState.REGISTERED
    state_before: BusinessState | None = None
    class_before: SizeClass | None = None
    reason: str | None = None
    verified_by: str | None = None
    version: int = 1

    @property
    def outgrown(self) -> bool:
        """Whether its last declaration made it of a larger class; what was granted before stays."""
        before = self.class_before
        return before is not None and list(SizeClass).index(self.size.size_class) > list(SizeClass).index(before)

    def describe(self, **told: object) -> bool:
        """Take over what was told; True if anything is new."""
        new = {name: value for name, value in told.items() if value is not None and getattr(self, name) != value}
        if not new:
            return False
        self._require("describe_business", *ALIVE)
        for name, value in new.items():
            setattr(self, name, value)
        if new.keys() & VERIFIED_FIELDS:
            self.state = BusinessState.REGISTERED
        self.version += 1
        return True

    def declare(self, size: Size) -> bool:
        """A newer size; True if it is another one."""
        if size == self.size:
            return False
        self._require("declare_size", *NOT_CLOSED)
        if size.year < self.size.year:
            raise wrong_field("size.year", "older", "a later year is known already", "send the newest year")
        self.class_before, self.size = self.size.size_class, size
        self.version += 1
        return True

    def look_again(self) -> bool:
        """What was compared with the KTP has changed; True if it had been verified."""
        if self.state is not BusinessState.VERIFIED:
            return False
        self.state = BusinessState.REGISTERED
        self.version += 1
        return True

    def verify(self, by: str) -> bool:
        """Somebody has compared the papers; False if somebody had before."""
        if self.state is BusinessState.VERIFIED:
            return False
        self._turn("verify_business", BusinessState.VERIFIED, BusinessState.REGISTERED)
        self.verified_by = by
        return True

    def suspend(self, reason: str) -> None:
        """For now."""
        before = self.state
        self._turn("suspend_business", BusinessState.SUSPENDED, *ALIVE)
        self.state_before, self.reason = before, reason

    def resume(self) -> None:
        """As before."""
        self._turn("resume_business", self.state_before or BusinessState.REGISTERED, BusinessState.SUSPENDED)
        self.state_before = self.reason = None

    def close(self, reason: str) -> None:
        """Given up."""
        self._turn("close_business", BusinessState.CLOSED, *NOT_CLOSED)
        self.reason = reason

    def _turn(self, step: str, state: BusinessState, *allowed: BusinessState) -> None:
        self._require(step, *allowed)
        self.state = state
        self.version += 1

    def _require(self, step: str, *allowed: BusinessState) -> None:
        if self.state not in allowed:
            raise wrong_state(BusinessWrongState, step, self.state, allowed)
