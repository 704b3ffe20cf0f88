"""Agreements."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from ...base import View
from ...paging import Page
from ..values import AgreementState, FeeLine


class PlacesView(View):
    """Of one grade: how many pupils, and how much for each in the school year, in rupiah."""

    grade: int
    quota: int
    yearly_rupiah: int


class AgreementView(View):
    """What the city and a school have agreed for a school year."""

    id: UUID
    npsn: str
    school_year: str
    state: AgreementState
    places: tuple[PlacesView, ...]
    covered: tuple[FeeLine, ...]
    number: str | None = None
    signed_on: date | None = None
    ends_on: date | None = None
    reason: str | None = None
    version: int


class AgreementPage(Page):
    items: tuple[AgreementView, ...]
