"""What was shown of pupils: applications are looked at again."""

from __future__ import annotations

from chassis.work import Work
from contracts.education import (
    AttestResidency,
    EvidenceKind,
    EvidenceRecorded,
    EvidenceView,
    ImportWelfare,
    NotOfSchool,
    RecordEvidence,
    WelfareImported,
)
from contracts.problems import Forbidden, wrong_field
from contracts.times import WIB

from .. import store
from ..domain.days import require_past
from . import applications, find

KIND = store.school.KIND


def record_evidence(work: Work, request: RecordEvidence) -> EvidenceView:
    """A school attests only; the office looks at papers."""
    pupil = find.pupil(work, request.pupil_id)
    if KIND in work.actor.rows and request.kind is not EvidenceKind.SCHOOL_ATTESTATION:
        raise Forbidden(
            "a school attests; papers are shown to the office",
            detail_id="sekolah hanya memberi keterangan; berkas ditunjukkan kepada dinas",
        )
    require_past("shown_on", request.shown_on, work.now.astimezone(WIB).date())
    store.evidence.put(work, pupil.id, request.kind, resident=request.resident, shown_on=request.shown_on)
    store.note.add(work, pupil.id, f"evidence {request.kind}", request.reference)
    work.flush()
    applications.look_again(work, [pupil.id])
    work.audit(pupil.id, evidence=request.kind, resident=request.resident)
    return EvidenceView(pupil_id=pupil.id, kind=request.kind, resident=request.resident, shown_on=request.shown_on)


def attest_residency(work: Work, request: AttestResidency) -> EvidenceRecorded:
    """All pupils of a school at once."""
    school = find.school(work, request.npsn)
    require_past("shown_on", request.shown_on, work.now.astimezone(WIB).date())
    found = store.evidence.attest(work, school.npsn, request.shown_on, request.elsewhere)
    if unknown := sorted(set(request.elsewhere) - found.keys()):
        raise NotOfSchool(pupils=[str(one) for one in unknown])
    applications.look_again(work, list(found))
    resident = sum(found.values())
    work.audit(school.npsn, resident=resident, elsewhere=len(found) - resident)
    return EvidenceRecorded(resident=resident, elsewhere=len(found) - resident)


def import_welfare(work: Work, request: ImportWelfare) -> WelfareImported:
    """A part of a release."""
    require_past("released_on", request.released_on, work.now.astimezone(WIB).date())
    keys = [work.person_keys.checked("household", one.family_card_number) for one in request.families]
    if len(set(keys)) < len(keys):
        twice = next(place for place, key in enumerate(keys) if key in keys[:place])
        raise wrong_field(
            f"families.{twice}.family_card_number", "twice", "this family stands twice", "send each family once"
        )
    told = dict(zip(keys, (one.decile for one in request.families), strict=True))
    changed = store.evidence.import_welfare(work, request.source, request.released_on, list(told), list(told.values()))
    work.audit("welfare", source=request.source, released_on=request.released_on.isoformat(), families=changed)
    return WelfareImported(families=changed)
