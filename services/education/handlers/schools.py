"""The list of schools. Create or update by NPSN; the same again changes nothing."""

from __future__ import annotations

from collections import Counter

from chassis.turns import take_turn
from chassis.work import Work
from contracts.education import (
    GetSchool,
    ImportSchools,
    ListSchools,
    SchoolImportView,
    SchoolPage,
    SchoolsImported,
    SchoolView,
)
from contracts.problems import wrong_field

from .. import store
from ..domain.school import School
from . import find


def import_schools(work: Work, request: ImportSchools) -> SchoolImportView:
    """Everything of one batch or none."""
    take_turn(work, "import schools")
    npsns = [row.npsn for row in request.schools]
    for index, npsn in enumerate(npsns):
        if npsn in npsns[:index]:
            raise wrong_field(f"schools.{index}.npsn", "twice", "it stands twice in the list", "send each once")
    known = store.school.some(work, npsns, lock=True)
    counts: Counter[str] = Counter()
    changed = []
    for row in request.schools:
        told = School(**{name: getattr(row, name) for name in type(row).model_fields})
        school = known.get(row.npsn)
        if school is not None and not school.describe(told):
            counts["unchanged"] += 1
            continue
        store.school.put(work, school or told, known=school is not None)
        counts["updated" if school else "created"] += 1
        changed.append(row.npsn)
    view = SchoolImportView(**counts)
    if changed:
        work.emit("schools", 0, SchoolsImported(npsns=tuple(changed)))
        work.audit("schools", **view.model_dump())
    return view


def list_schools(work: Work, query: ListSchools) -> SchoolPage:
    """By NPSN."""
    schools, cursor = store.school.pages(work, query)
    return SchoolPage(items=tuple(map(school_view, schools)), next=cursor)


def get_school(work: Work, query: GetSchool) -> SchoolView:
    """With how many pupils each grade has."""
    school = find.school(work, query.npsn)
    return school_view(school, store.school.pupils_by_grade(work, school.npsn))


def school_view(school: School, pupils: dict[int, int] | None = None) -> SchoolView:
    """What is shown of a school."""
    return SchoolView(
        npsn=school.npsn,
        name=school.name,
        level=school.level,
        ownership=school.ownership,
        kecamatan_code=school.kecamatan_code,
        address=school.address,
        location=school.location,
        closed_on=school.closed_on,
        merged_into=school.merged_into,
        pupils=pupils,
        version=school.version,
    )
