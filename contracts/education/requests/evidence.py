"""What was shown of pupils: where they live, how a family is placed in the welfare register."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field, StrictBool, StrictInt, StringConstraints

from ...base import Model, Request
from ...identity import FamilyCardNumber, Npsn
from ...times import Day
from ..views import EvidenceRecorded, EvidenceView, WelfareImported
from ..waiver_values import EvidenceKind

Reference = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]


class RecordEvidence(Request, operation="education.record_evidence", scope="education:apply", reply=EvidenceView):
    """Note what was shown of one pupil. A school attests; the office looks at papers. `resident`: whether it shows that
    the child lives in the city; never judged by a number's first digits."""

    pupil_id: UUID
    kind: EvidenceKind
    resident: StrictBool = True
    shown_on: Day
    reference: Reference | None = Field(default=None, repr=False, description="The paper's number.")


class AttestResidency(Request, operation="education.attest_residency", scope="education:apply", reply=EvidenceRecorded):
    """A school attests that all its pupils live in the city, but for some who do not."""

    npsn: Npsn
    shown_on: Day
    elsewhere: tuple[UUID, ...] = Field(default=(), max_length=2_000, description="Pupils who live elsewhere.")


class FamilyDecile(Model):
    """Of one family."""

    family_card_number: FamilyCardNumber = Field(repr=False)
    decile: StrictInt = Field(ge=1, le=10)


class ImportWelfare(Request, operation="education.import_welfare", scope="education:decide", reply=WelfareImported):
    """Take over a release of the welfare register (DTSEN), as much at a time as fits. The newest that is known of a
    family counts, however late the next one is. The same again changes nothing."""

    source: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=60)]
    released_on: Day
    families: tuple[FamilyDecile, ...] = Field(min_length=1, max_length=5_000)


__all__ = ["AttestResidency", "FamilyDecile", "ImportWelfare", "RecordEvidence"]
