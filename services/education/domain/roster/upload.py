"""A roster from its upload to its end: uploaded → parsing → preview → applying → applied."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from contracts.education import CountNeeded, RosterState, SchoolToConfirm
from contracts.problems import wrong_field

from ..refusals import wrong_state
from .ending import free_to_end

READING = (RosterState.UPLOADED, RosterState.PARSING)
OPEN = (*READING, RosterState.PREVIEW)
UNREAD_FILE = OPEN
"""States in which the file, or what was read of it, is still kept."""


@dataclass(slots=True)
class Upload:
    """One file of one school. `choices` are what its operator wants when it is applied; `since` is when the one
    was uploaded whose refused rows it mends, else this one."""

    id: UUID
    npsn: str
    school_year: str
    effective_on: date
    file_key: str | None
    file_name: str
    file_sha256: str
    file_size: int
    uploaded_at: datetime
    uploaded_by: str
    since: datetime
    state: RosterState = RosterState.UPLOADED
    rows: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    school_shown: bool = True
    pupils_version: int | None = None
    refusal: dict[str, str] | None = None
    choices: dict[str, Any] = field(default_factory=dict)
    applied_at: datetime | None = None
    applied_by: str | None = None
    ended: int = 0
    version: int = 1

    def turn(self, state: RosterState, *allowed: RosterState, step: str = "") -> None:
        """To the next state. Raises RosterWrongState."""
        if self.state not in allowed:
            raise wrong_state(step or state.value, self.state, allowed)
        self.state = state
        self.version += 1

    def begin(self, titles: dict[str, str]) -> None:
        """It is being read, from its beginning."""
        self.turn(RosterState.PARSING, *READING, step="parse")
        self.titles, self.rows = titles, 0

    def preview(self, counts: dict[str, int], *, school_shown: bool, pupils_version: int) -> None:
        """It is read."""
        self.turn(RosterState.PREVIEW, RosterState.PARSING, step="preview")
        self.counts, self.school_shown, self.pupils_version = counts, school_shown, pupils_version
        self.file_key = None

    def refuse(self, refusal: dict[str, str]) -> None:
        """It can't be read."""
        self.turn(RosterState.REFUSED, *READING, step="refuse")
        self.refusal, self.file_key = refusal, None

    def choose(self, *, end_missing: bool, end_count: int | None, confirm_npsn: str | None, enrolled: int) -> None:
        """What its operator wants. Raises what stands against it; then it is to be applied."""
        if self.state is not RosterState.PREVIEW:
            raise wrong_state("apply_roster", self.state, [RosterState.PREVIEW])
        if confirm_npsn is not None and confirm_npsn != self.npsn:
            raise wrong_field(
                "confirm_npsn", "other_school", "this is not the NPSN of the roster's school", "check whose list it is"
            )
        if not self.school_shown and confirm_npsn is None:
            raise SchoolToConfirm(npsn=self.npsn)
        ending, free = (self.counts.get("left", 0) if end_missing else 0), free_to_end(enrolled)
        if ending > free and end_count != ending:
            raise CountNeeded(ending=ending, free=free)
        self.turn(RosterState.APPLYING, RosterState.PREVIEW, step="apply_roster")
        self.choices = {"end_missing": end_missing}

    def applied(self, now: datetime, by: str, ended: int) -> None:
        """It is done."""
        self.turn(RosterState.APPLIED, RosterState.APPLYING, step="apply_roster")
        self.applied_at, self.applied_by, self.ended = now, by, ended
