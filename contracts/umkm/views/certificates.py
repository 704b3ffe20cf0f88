"""Certificates."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from ...base import View
from ...paging import Page
from ..values import CertificateState


class CertificateView(View):
    """Of one person and one training."""

    id: UUID
    code: str = Field(description="Twelve digits and a check digit, in groups.")
    state: CertificateState
    seat_id: UUID
    batch_id: UUID
    business_id: UUID
    course: str
    completed_on: date
    reason: str | None = None
    version: int


class CertificatePage(Page):
    items: tuple[CertificateView, ...]


class PublicCertificate(View):
    """What anybody may know of a certificate whose code they have read: enough to compare it with the paper."""

    code: str
    state: CertificateState
    initials: str
    course: str
    completed_on: date
