"""Whom the office knows by a number, or a school by name: a chunk of a roster's rows at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text

from chassis.work import Work

from ..domain.roster.outcome import Known

_BY_NUMBER = text("""
SELECT pupil_id FROM pupil_identifier
WHERE kind = 'nisn' AND hash = ANY(string_to_array(:nisn, ','))
  OR kind = 'nik' AND hash = ANY(string_to_array(:nik, ','))
""")
_NAMED = text("""
SELECT p.id, p.name_key, p.birth_date FROM enrolment e JOIN pupil p ON p.id = e.pupil_id
WHERE e.npsn = :npsn AND e.to_on IS NULL AND p.provisional AND p.name_key = ANY(:names)
ORDER BY p.id
""")
_PROVISIONAL = text("""
SELECT EXISTS (SELECT FROM enrolment e JOIN pupil p ON p.id = e.pupil_id
  WHERE e.npsn = :npsn AND e.to_on IS NULL AND p.provisional)
""")
_KNOWN = text("""
SELECT p.id, p.fingerprint, e.npsn, e.school_year, e.grade, e.class_name,
  (SELECT jsonb_object_agg(i.kind, i.hash) FROM pupil_identifier i WHERE i.pupil_id = p.id) AS numbers
FROM pupil p LEFT JOIN enrolment e ON e.pupil_id = p.id AND e.to_on IS NULL
WHERE p.id = ANY(:ids)
""")
Names = dict[tuple[bytes, date], list[Known]]


def by_number(work: Work, numbers: Collection[tuple[str, str]]) -> dict[tuple[str, str], Known]:
    """Pupils by kind and key of a number."""
    if not numbers:
        return {}
    # As one text: writing an array of thousands takes the driver longer than the question.
    hashes = {kind: ",".join(key for one, key in numbers if one == kind) for kind in ("nisn", "nik")}
    found = _known(work, set(work.read(_BY_NUMBER, hashes).scalars()))
    return {number: pupil for pupil in found.values() for number in pupil.numbers.items()}


def has_provisional(work: Work, npsn: str) -> bool:
    """Whether the school has pupils without numbers."""
    return bool(work.read(_PROVISIONAL, {"npsn": npsn}).scalar())


def named(work: Work, npsn: str, names: Collection[bytes]) -> Names:
    """The school's pupils without numbers, by key of the name and birth date."""
    rows: list[Any] = list(work.read(_NAMED, {"npsn": npsn, "names": list(names)})) if names else []
    found, by_name = _known(work, [row[0] for row in rows]), defaultdict(list)
    for id, name, born in rows:
        by_name[bytes(name), born].append(found[id])
    return by_name


def _known(work: Work, ids: Collection[UUID]) -> dict[UUID, Known]:
    if not ids:
        return {}
    rows = work.read(_KNOWN, {"ids": list(ids)}).mappings()
    return {
        row["id"]: Known(
            row["id"],
            row["numbers"] or {},
            bytes(row["fingerprint"]),
            row["npsn"],
            (row["school_year"], row["grade"], row["class_name"]) if row["npsn"] else None,
        )
        for row in rows
    }
