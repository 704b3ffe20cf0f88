"""What was shown of pupils."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from ...base import View
from ..waiver_values import EvidenceKind


class EvidenceView(View):
    """The latest of a kind."""

    pupil_id: UUID
    kind: EvidenceKind
    resident: bool
    shown_on: date


class EvidenceRecorded(View):
    """How many pupils live in the city, and elsewhere."""

    resident: int
    elsewhere: int


class WelfareImported(View):
    """How many families were new or changed by this release."""

    families: int
