"""Rosters: a school's list of pupils, uploaded, looked at, applied."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field, StrictBool, StrictInt, StringConstraints

from ...base import Query, RecordedQuery, Request
from ...files import StoredFile
from ...identity import Npsn
from ...paging import PageQuery
from ...times import Day
from ..values import RosterState, RowOutcome, SchoolYear
from ..views import RefusedRows, RosterPage, RosterRowPage, RosterView

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=300)]


class UploadRoster(Request, operation="education.upload_roster", scope="education:rosters", reply=RosterView):
    """Send a school's list of pupils: the Dapodik "Daftar Peserta Didik" or an EMIS list, as .xlsx, .xls, .ods or .csv.

    It is read in the background; then its preview says what applying it would do. `effective_on` is the day from which
    it holds, by default today.
    """

    npsn: Npsn
    school_year: SchoolYear
    effective_on: Day | None = None
    file: StoredFile


class GetRoster(Query, operation="education.get_roster", scope="education:rosters", reply=RosterView):
    """State, progress and counts."""

    roster_id: UUID


class ListRosters(PageQuery, operation="education.list_rosters", scope="education:rosters", reply=RosterPage):
    """Newest first; a school's operator sees those of their own."""

    npsn: Npsn | None = None
    state: RosterState | None = None


class ListRosterRows(PageQuery, operation="education.list_roster_rows", scope="education:rosters", reply=RosterRowPage):
    """The preview, row by row, in the order of the file: outcome, what is wrong where, and how to mend it."""

    roster_id: UUID
    outcome: RowOutcome | None = None


class DownloadRefusedRows(
    RecordedQuery, operation="education.download_refused_rows", scope="education:rosters", reply=RefusedRows
):
    """The rows that were refused, as a workbook with a column that says why: mend them and send it again. They are not
    masked, so who takes them is recorded."""

    roster_id: UUID


class ApplyRoster(Request, operation="education.apply_roster", scope="education:rosters", reply=RosterView):
    """Make the school's pupils those of the list, in one act: all of it or nothing. Refused rows are left out.

    Pupils who are not in the file stay, unless `end_missing` says that they have left; if they are more than ten and
    more than 5 %, `end_count` must say how many. A file that does not show whose it is needs `confirm_npsn`.
    """

    roster_id: UUID
    end_missing: StrictBool = False
    end_count: StrictInt | None = Field(default=None, ge=0, le=100_000)
    confirm_npsn: Npsn | None = None


class AbandonRoster(Request, operation="education.abandon_roster", scope="education:rosters", reply=RosterView):
    """Stop reading it, or don't apply it. Its rows are forgotten."""

    roster_id: UUID


__all__ = [
    "AbandonRoster",
    "ApplyRoster",
    "DownloadRefusedRows",
    "GetRoster",
    "ListRosterRows",
    "ListRosters",
    "UploadRoster",
]
