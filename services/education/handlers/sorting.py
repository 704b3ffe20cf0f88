"""Rows of a roster on their way into the preview: who they are, what would become of them, encrypted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import orjson

from chassis.privacy.masks import mask_family_card, mask_name, mask_nik, mask_nisn, mask_phone
from chassis.work import Work
from contracts.education import RowOutcome

from .. import store
from ..domain.roster.details import packed_by_name
from ..domain.roster.faults import Fault
from ..domain.roster.outcome import Known, Outcome, Seen, Told, decide
from ..domain.roster.reading import RosterRow
from ..domain.roster.upload import Upload
from ..domain.sheets import column_letters
from .name_index import index_of, name_key

Number = tuple[str, str]
"""Kind and key."""
NISN, NIK = "nisn", "nik"
Ready = tuple[RosterRow, Told | None]
"""A row, and what it tells unless it is refused."""
DETAILS, CELLS = "pupil.details", "roster_row.details"
_MASKS = {"nik": mask_nik, "nisn": mask_nisn, "family_card": mask_family_card, "name": mask_name, "mobile": mask_phone}
SHOWN_LETTERS = 3


class Sorter:
    """For one file: remembers what stood in it before. `columns` are where the fields stand."""

    def __init__(self, upload: Upload, columns: dict[str, int]) -> None:
        self._upload, self._columns = upload, columns
        self._seen = Seen()
        self._may_be_named: bool | None = None
        self._word_codes: dict[str, tuple[int, ...]] = {}

    def sort(self, work: Work, chunk: list[RosterRow]) -> Iterator[tuple[Any, ...]]:
        """The values of the rows' columns, in the order of the table."""
        ready = [(row, None if row.faults and row.refused else self._told(work, row)) for row in chunk]
        numbers = {pair for _, told in ready if told for pair in told.numbers.items()}
        known = store.matching.by_number(work, numbers)
        if known:
            ready = self._with_known_numbers(work, ready, known)
        named = self._named(work, ready, known)
        for row, told in ready:
            if told is None:
                yield self._refused(work, row)
                continue
            outcome = decide(self._upload.npsn, told, known, named.get(told.name, []), self._seen)
            if outcome.fault:
                kind, code = outcome.fault
                number = (row.nisn if kind == NISN else row.nik) or ""
                row.faults.append(Fault(self._columns.get(kind), kind, code, number, True))
                yield self._refused(work, row)
            else:
                yield self._taken(work, row, told, outcome)

    def _named(self, work: Work, ready: list[Ready], known: Mapping[Number, Known]) -> store.matching.Names:
        if self._may_be_named is None:
            self._may_be_named = store.matching.has_provisional(work, self._upload.npsn)
        if not self._may_be_named:
            return {}
        names = {told.name[0] for _, told in ready if told and not _all_known(told, known)}
        return store.matching.named(work, self._upload.npsn, names)

    def _told(self, work: Work, row: RosterRow) -> Told:
        keys = work.person_keys
        numbers = {}
        if row.nisn:
            numbers[NISN] = keys.checked("nisn", row.nisn)
        if row.nik:
            numbers[NIK] = keys.checked("person", row.nik)
        assert row.birth_date and row.class_name, "else it would be refused"
        return Told(
            row.number,
            numbers,
            (name_key(keys, row.name), row.birth_date),
            keys.fingerprint(row.packed),
            (self._upload.school_year, row.grade, row.class_name),
        )

    def _with_known_numbers(self, work: Work, ready: list[Ready], known: Mapping[Number, Known]) -> list[Ready]:
        """A list that leaves a number out does not make it unknown: what was kept of it stays."""
        lacking = {row.number: one for row, told in ready if told and (one := _lacking(told, known))}
        kept = store.pupil.details_of(work, {one.id for one in lacking.values()})
        for place, (row, _) in enumerate(ready):
            if pupil := lacking.get(row.number):
                details = row.details
                for kind in (pupil.numbers.keys() - details.keys()) & kept[pupil.id].keys():
                    details[kind] = kept[pupil.id][kind]
                packed = packed_by_name(details)
                whole = row._replace(packed=packed, nisn=details.get(NISN), nik=details.get(NIK))
                ready[place] = (whole, self._told(work, whole))
        return ready

    def _taken(self, work: Work, row: RosterRow, told: Told, outcome: Outcome) -> tuple[Any, ...]:
        pupil, keys = outcome.known, work.person_keys
        pupil_id = pupil.id if pupil else work.new_id()
        outcome_kind = outcome.outcome
        duplicate = outcome_kind is RowOutcome.DUPLICATE
        if duplicate:
            row.faults.append(Fault(self._columns.get("name"), "name", "duplicate", row.name, False))
        guardians = ",".join(
            [keys.checked("person", nik) if nik else "NULL" for nik in (row.father, row.mother, row.guardian)]
        )
        return (
            self._upload.id,
            row.number,
            outcome_kind.value,
            None if duplicate else pupil_id,
            pupil is not None,
            pupil.npsn if pupil and pupil.npsn != self._upload.npsn else None,
            outcome.first_row,
            row.grade,
            row.class_name,
            told.numbers.get(NISN),
            told.numbers.get(NIK),
            keys.checked("household", row.family_card) if row.family_card else None,
            f"{{{guardians}}}",
            not told.numbers and not (pupil and pupil.numbers),
            row.sex,
            row.birth_date,
            told.name[0],
            f"{{{','.join(map(str, index_of(keys, row.name, self._word_codes)))}}}",
            told.fingerprint,
            None if duplicate else work.cipher.encrypt(row.packed.decode(), field=DETAILS, row=pupil_id),
            mask_name(row.name) if duplicate else "",
            self._faults(row),
        )

    def _refused(self, work: Work, row: RosterRow) -> tuple[Any, ...]:
        cells = [] if row.line is None else [[column, text] for column, _, text in row.line.cells]
        place = f"{self._upload.id}/{row.number}"
        values = {
            "roster_id": self._upload.id,
            "number": row.number,
            "outcome": RowOutcome.REFUSED.value,
            "known": False,
            "class_name": row.class_name,
            "provisional": False,
            "details": work.cipher.encrypt(orjson.dumps(cells).decode(), field=CELLS, row=place),
            "shown_name": mask_name(row.name) if row.name else "",
            "faults": self._faults(row),
        }
        return tuple(map(values.get, store.roster_row.COLUMNS))

    def _faults(self, row: RosterRow) -> str:
        return orjson.dumps([_shown(fault, row.number) for fault in row.faults]).decode() if row.faults else "[]"


def _lacking(told: Told, known: Mapping[Number, Known]) -> Known | None:
    """The one pupil whom the row's numbers name, if it is known by more numbers than the row has."""
    named = {known[number].id: known[number] for number in told.numbers.items() if number in known}
    one = next(iter(named.values()), None)
    return one if one and len(named) == 1 and one.numbers.keys() - told.numbers.keys() else None


def _all_known(told: Told, known: Mapping[Number, Known]) -> bool:
    return bool(told.numbers) and all(number in known for number in told.numbers.items())


def _shown(fault: Fault, number: int) -> dict[str, Any]:
    """As the preview keeps it: the value masked, the words as codes where the code has words."""
    cell = None if fault.column is None else f"{column_letters(fault.column)}{number}"
    return {
        "cell": cell,
        "column": fault.column,
        "field": fault.field,
        "code": fault.code,
        "value": masked(fault.field, fault.value),
        "refuses": fault.refuses,
        "problem": fault.problem,
        "fix": fault.fix,
    }


def masked(field: str, value: str | date) -> str:
    """What is shown of a value that is wrong: enough to find it."""
    text = str(value)
    if not text:
        return ""
    mask = _MASKS.get(field.rpartition(".")[2])
    if mask is not None:
        return mask(text)
    return text if len(text) <= SHOWN_LETTERS or field in ("sex", "class_name") else text[:SHOWN_LETTERS] + "***"
