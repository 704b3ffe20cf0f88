"""What is kept of a pupil, put right."""

from __future__ import annotations

from typing import Any

from chassis.privacy.person import NumberKind
from chassis.work import Work
from contracts.education import CorrectPupil, NumberTaken, PupilCorrected, PupilView
from contracts.problems import require_version

from .. import store
from ..domain.roster.details import packed_by_name
from . import find, number_tasks, tasks
from .name_index import index_of, name_key
from .pupils import pupil_view

NIK = "nik"
NUMBERS: dict[str, NumberKind] = {"nisn": "nisn", NIK: "person"}


def correct_pupil(work: Work, request: CorrectPupil) -> PupilView:
    """Numbers of other children are refused: joining two entries is another act."""
    pupil = find.pupil(work, request.pupil_id, lock=True)
    require_version(pupil.version, request.version)
    told = request.correction.model_dump(exclude_none=True, mode="json")
    changed = {name: value for name, value in told.items() if pupil.details.get(name) != value}
    if not changed:
        return pupil_view(work, pupil)
    for name, kind in NUMBERS.items():
        if name in changed:
            key = work.person_keys.checked(kind, changed[name])
            if store.pupil.owner_of(work, name, key) not in (None, pupil.id):
                raise NumberTaken(kind=name)
            store.pupil.put_number(work, pupil.id, name, key)
    details = {**pupil.details, **changed}
    store.pupil.put_details(work, pupil.id, details, _columns(work, request, details, changed))
    if pupil.enrolment:
        store.school.changed_pupils(work, [pupil.enrolment.npsn])
    store.note.add(work, pupil.id, "corrected", request.note)
    found = find.pupil(work, pupil.id)
    number_tasks.close(work)
    if NIK in changed:
        tasks.open_all(work, store.task.concerned_pupil(work, pupil.id))
    fields = tuple(sorted(changed))
    work.emit(pupil.id, found.version, PupilCorrected(pupil_id=pupil.id, fields=fields, source=request.source))
    work.audit(pupil.id, corrected=fields, source=request.source)
    return pupil_view(work, found)


def _columns(work: Work, request: CorrectPupil, details: dict[str, Any], changed: dict[str, Any]) -> dict[str, Any]:
    keys, values = work.person_keys, dict[str, Any]()
    if "name" in changed:
        values |= {
            "name_key": name_key(keys, details["name"]),
            "name_index": index_of(keys, details["name"]),
        }
    if "birth_date" in changed:
        values["birth_date"] = request.correction.birth_date
    if "sex" in changed:
        values["sex"] = details["sex"]
    if "family_card" in changed:
        values["household_key"] = keys.checked("household", details["family_card"])
    if changed.keys() & NUMBERS.keys():
        values["provisional"] = False
    values["fingerprint"] = keys.fingerprint(packed_by_name(details))
    return values
