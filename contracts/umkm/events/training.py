"""Batches of training and bazaars, seats in them, certificates."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime, Field

from ...base import Event


class BatchAnnounced(Event, type="umkm.batch-announced.v1"):
    """A training or a bazaar that one can ask for from `opens_at` on."""

    batch_id: UUID
    kind: str = Field(description="training or bazaar")
    quota: int
    opens_at: AwareDatetime
    begins_at: AwareDatetime


class BatchOpened(Event, type="umkm.batch-opened.v1"):
    """Seats can be asked for; until `head_start_until` they are given to people with priority."""

    batch_id: UUID
    head_start_until: AwareDatetime | None = None


class BatchQuotaChanged(Event, type="umkm.batch-quota-changed.v1"):
    """More or fewer seats; nobody who has one loses it."""

    batch_id: UUID
    quota: int


class BatchPostponed(Event, type="umkm.batch-postponed.v1"):
    """New dates will be told; seats are kept."""

    batch_id: UUID


class BatchRescheduled(Event, type="umkm.batch-rescheduled.v1"):
    """New dates: everybody who has a seat is asked again."""

    batch_id: UUID
    begins_at: AwareDatetime


class BatchCancelled(Event, type="umkm.batch-cancelled.v1"):
    """It does not take place."""

    batch_id: UUID


class BatchStarted(Event, type="umkm.batch-started.v1"):
    """The first session has begun: who still waits is not served any more."""

    batch_id: UUID
    seats: int = Field(description="How many were taken.")


class BatchFinished(Event, type="umkm.batch-finished.v1"):
    """Results are in. Nobody passes or fails a bazaar."""

    batch_id: UUID
    passed: int
    failed: int
    attended: int
    no_show: int


class SeatRequested(Event, type="umkm.seat-requested.v1"):
    """`state` accepted: there was a seat; waiting: on the list."""

    seat_id: UUID
    batch_id: UUID
    business_id: UUID
    state: str
    reasons: tuple[str, ...] = Field(description="Codes of priority groups, such as first_timer; more may come.")


class SeatOffered(Event, type="umkm.seat-offered.v1"):
    """Kept for them until `expires_at`."""

    seat_id: UUID
    batch_id: UUID
    business_id: UUID
    expires_at: AwareDatetime


class SeatAccepted(Event, type="umkm.seat-accepted.v1"):
    """An offer was taken."""

    seat_id: UUID
    batch_id: UUID
    business_id: UUID


class SeatReleased(Event, type="umkm.seat-released.v1"):
    """It is theirs no more, or they wait no more."""

    seat_id: UUID
    batch_id: UUID
    business_id: UUID
    state: str = Field(description="cancelled, declined, expired, unserved or batch_cancelled; more may come.")


class TrainingCompleted(Event, type="umkm.training-completed.v1"):
    """Somebody has passed a training: a condition of the capital programme."""

    seat_id: UUID
    batch_id: UUID
    business_id: UUID
    person_key: str
    certificate_id: UUID
    completed_on: date


class CertificateRevoked(Event, type="umkm.certificate-revoked.v1"):
    """It must not be relied on any more."""

    certificate_id: UUID
    seat_id: UUID
    batch_id: UUID
    person_key: str


class ResultCorrected(Event, type="umkm.result-corrected.v1"):
    """A result was wrong."""

    seat_id: UUID
    batch_id: UUID
    state: str = Field(description="passed, failed, attended or no_show")


__all__ = [
    "BatchAnnounced",
    "BatchCancelled",
    "BatchFinished",
    "BatchOpened",
    "BatchPostponed",
    "BatchQuotaChanged",
    "BatchRescheduled",
    "BatchStarted",
    "CertificateRevoked",
    "ResultCorrected",
    "SeatAccepted",
    "SeatOffered",
    "SeatReleased",
    "SeatRequested",
    "TrainingCompleted",
]
