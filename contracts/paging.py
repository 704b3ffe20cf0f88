"""Cursor pages: a stable order, no counting, no skipping when rows are added meanwhile."""

from __future__ import annotations

from pydantic import Field

from .base import Query, View

DEFAULT_LIMIT, MAX_LIMIT = 50, 200


class PageQuery(Query):
    """What every list takes. `cursor` is the `next` of the page before; its inside is nobody's business."""

    limit: int = Field(default=DEFAULT_LIMIT, ge=1, le=MAX_LIMIT)
    cursor: str | None = Field(default=None, max_length=200, pattern=r"^[A-Za-z0-9_-]+$")


class Page(View):
    """What every list answers beside its `items`; `next` is null on the last page."""

    next: str | None = None
