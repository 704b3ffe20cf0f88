"""Deaths that may concern a pupil or a guardian."""

from __future__ import annotations

from ...paging import PageQuery
from ..views import DeathNoticePage


class ListDeathNotices(
    PageQuery, operation="education.list_death_notices", scope="education:deaths", reply=DeathNoticePage
):
    """Newest first."""


__all__ = ["ListDeathNotices"]
