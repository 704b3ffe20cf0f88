"""Businesses, and tasks about their owners."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from ...base import Event


class BusinessRegistered(Event, type="umkm.business-registered.v1"):
    """An officer is to compare its papers."""

    business_id: UUID
    kecamatan_code: str
    size_class: str = Field(description="micro, small or medium")
    has_nib: bool


class BusinessChanged(Event, type="umkm.business-changed.v1"):
    """Its description is another one; `state` registered: it is to be verified again."""

    business_id: UUID
    state: str


class BusinessVerified(Event, type="umkm.business-verified.v1"):
    """The office has compared the papers."""

    business_id: UUID
    person_key: str = Field(description="Of the owner.")
    kecamatan_code: str
    size_class: str
    has_nib: bool


class BusinessSizeDeclared(Event, type="umkm.business-size-declared.v1"):
    """Its class for a year; what was granted to the class before stays."""

    business_id: UUID
    size_class: str
    size_class_before: str
    year: int


class BusinessSuspended(Event, type="umkm.business-suspended.v1"):
    """Nothing new for it for now."""

    business_id: UUID


class BusinessResumed(Event, type="umkm.business-resumed.v1"):
    """As before."""

    business_id: UUID
    state: str


class BusinessClosed(Event, type="umkm.business-closed.v1"):
    """It is given up."""

    business_id: UUID


class OwnerTaskOpened(Event, type="umkm.owner-task-opened.v1"):
    """An owner has died: an officer is to settle it with the family."""

    task_id: UUID
    business_id: UUID
    kind: str


class OwnerTaskClosed(Event, type="umkm.owner-task-closed.v1"):
    """Done, or withdrawn because the death was taken back."""

    task_id: UUID
    business_id: UUID
    state: str


__all__ = [
    "BusinessChanged",
    "BusinessClosed",
    "BusinessRegistered",
    "BusinessResumed",
    "BusinessSizeDeclared",
    "BusinessSuspended",
    "BusinessVerified",
    "OwnerTaskClosed",
    "OwnerTaskOpened",
]
