"""Children as their parents see them."""

from __future__ import annotations

from uuid import UUID

from ...base import View
from .pupils import EnrolmentView


class ChildView(View):
    """One child with the present school, if any."""

    pupil_id: UUID
    name: str
    nisn: str | None = None
    enrolment: EnrolmentView | None = None
    school_name: str | None = None


class ChildLink(View):
    """Whether it fitted; then the child."""

    linked: bool
    child: ChildView | None = None


class ChildList(View):
    items: tuple[ChildView, ...]
