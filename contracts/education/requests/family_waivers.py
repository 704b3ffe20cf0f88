"""Parents, through the super app: they apply, see why, appeal, ask for corrections, complain of a levy."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field, StrictBool, StrictInt, StringConstraints

from ...base import Query, Request
from ...identity import Npsn
from ..values import SchoolYear
from ..views import ComplaintReceipt, CorrectionAsked, MyApplicationList, MyApplicationView
from ..waiver_values import Month, Programme, TermNumber

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=2_000)]


class ApplyForChild(Request, operation="education.apply_for_child", scope="education:family", reply=MyApplicationView):
    """Apply for one's own child; what is missing is said at once, with what would help."""

    pupil_id: UUID
    programme: Programme
    school_year: SchoolYear
    term: TermNumber


class ListMyApplications(
    Query, operation="education.list_my_applications", scope="education:family", reply=MyApplicationList
):
    """Of one's own children, the newest first, with reasons in two languages."""


class AppealForChild(
    Request, operation="education.appeal_for_child", scope="education:family", reply=MyApplicationView
):
    """Ask for another decision within 30 days; another person decides."""

    application_id: UUID
    text: Text = Field(repr=False)


class AskCorrection(Request, operation="education.ask_correction", scope="education:family", reply=CorrectionAsked):
    """Say what is wrong in one's own child's data. It is answered within three times 24 hours (UU 27/2022 art. 30)."""

    pupil_id: UUID
    text: Text = Field(repr=False)


class ComplainOfLevy(Request, operation="education.complain_of_levy", scope="education:family", reply=ComplaintReceipt):
    """A school asked money of a pupil who has a waiver. `anonymous`: nothing is kept of who says so. The school's own
    operators never see it."""

    npsn: Npsn
    month: Month
    rupiah: StrictInt = Field(ge=1, le=1_000_000_000)
    text: Text = Field(repr=False)
    anonymous: StrictBool = False


__all__ = ["AppealForChild", "ApplyForChild", "AskCorrection", "ComplainOfLevy", "ListMyApplications"]
