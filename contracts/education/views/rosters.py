"""Rosters and their previews."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime, Field

from ...base import View
from ...files import FileReply
from ...paging import Page
from ..values import RosterState, RowOutcome, Timeliness


class RosterRefusal(View):
    """Why the whole file can't be read."""

    code: str
    problem: str
    fix: str
    problem_id: str
    fix_id: str


class RosterView(View):
    """An uploaded list. `counts` by outcome is there from `preview` on; `rows` grows while it is read."""

    id: UUID
    npsn: str
    school_year: str
    effective_on: date
    state: RosterState
    file_name: str
    uploaded_at: AwareDatetime
    rows: int = 0
    counts: dict[RowOutcome, int] = Field(default_factory=dict)
    school_shown: bool = Field(default=True, description="False: applying it needs `confirm_npsn`.")
    refusal: RosterRefusal | None = None
    applied_at: AwareDatetime | None = None
    ended: int = 0
    undo_until: AwareDatetime | None = None
    timeliness: Timeliness | None = Field(default=None, description="Null: no cut-off is set for its term.")
    others_open: tuple[UUID, ...] = Field(default=(), description="Other rosters of this school that wait.")
    version: int


class RosterPage(Page):
    items: tuple[RosterView, ...]


class CellFault(View):
    """Something wrong with a cell. `refuses`: the row is not taken; else only this value is left out."""

    cell: str | None = Field(default=None, description="As the sheet shows it, such as H12.")
    column: str = Field(description="Its header.")
    code: str
    value: str = Field(description="Masked.")
    refuses: bool
    problem: str
    fix: str
    problem_id: str
    fix_id: str


class RosterRowView(View):
    """A row as the sheet numbers it; null for a pupil who is not in the file."""

    row: int | None = None
    outcome: RowOutcome
    name: str = Field(description="Masked.")
    class_name: str = ""
    pupil_id: UUID | None = None
    elsewhere: str | None = Field(default=None, description="NPSN of the school where the pupil is enrolled.")
    first_row: int | None = Field(default=None, description="Of a duplicate: the row that is taken.")
    provisional: bool = False
    faults: tuple[CellFault, ...] = ()


class RosterRowPage(Page):
    items: tuple[RosterRowView, ...]


class RefusedRows(FileReply):
    """A workbook."""

    media_type: ClassVar[str] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
