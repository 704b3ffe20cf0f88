"""Rows of a roster on their way into the preview: who they are, what would become of them, encrypted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

import orjson

from chassis.privacy.masks import mask_family_card, mask_name, mask_nik, mask_nisn, mask_phone
from chassis.work import Work
from contracts.education import RowOutcome

from .. import store
from ..domain.roster.faults import Fault
from ..domain.roster.names import comparable
from ..domain.roster.outcome import Known, Outcome, Seen, Told, decide
from ..domain.roster.reading import GUARDIANS, RosterRow
from ..domain.roster.upload import Upload
from ..domain.sheets import column_letters
from .name_index import index_of

Number = tuple[str, str]
"""Kind and key."""
NISN, NIK = "nisn", "nik"
_GUARDIAN_NUMBERS = tuple(f"{one}.nik" for one in GUARDIANS)
DETAILS, CELLS = "pupil.details", "roster_row.details"
_MASKS = {"nik": mask_nik, "nisn": mask_nisn, "family_card": mask_family_card, "name": mask_name, "mobile": mask_phone}
SHOWN_LETTERS = 3


class Sorter:
    """For one file: remembers what stood in it before. `columns` are where the fields stand."""

    def __init__(self, upload: Upload, columns: dict[str, int]) -> None:
        self._upload, self._columns = upload, columns
        self._seen = Seen()
        self._word_codes: dict[str, tuple[int, ...]] = {}

    def sort(self, work: Work, chunk: list[RosterRow]) -> Iterator[tuple[Any, ...]]:
        """The values of the rows' columns, in the order of the table."""
        ready = [(row, None if row.refused else self._told(work, row)) for row in chunk]
        numbers = {pair for _, told in ready if told for pair in told.numbers.items()}
        known = store.matching.by_number(work, numbers)
        kept = store.pupil.details_of(work, {one.id for _, told in ready if told for one in _lacking(told, known)})
        names = {told.name[0] for _, told in ready if told and not _all_known(told, known)}
        named = store.matching.named(work, self._upload.npsn, names)
        ready = [(row, told and self._with_known_numbers(work, row, told, known, kept)) for row, told in ready]
        for row, told in ready:
            if told is None:
                yield self._refused(work, row)
                continue
            outcome = decide(self._upload.npsn, told, known, named.get(told.name, []), self._seen)
            if outcome.fault:
                kind, code = outcome.fault
                row.faults.append(Fault(self._columns.get(kind), kind, code, str(row.told.get(kind, "")), True))
                yield self._refused(work, row)
            else:
                yield self._taken(work, row, told, outcome)

    def _told(self, work: Work, row: RosterRow) -> Told:
        keys, told = work.person_keys, row.told
        numbers = {}
        if nisn := told.get("nisn"):
            numbers[NISN] = keys.checked("nisn", nisn)
        if nik := told.get("nik"):
            numbers[NIK] = keys.checked("person", nik)
        text = orjson.dumps(told, option=orjson.OPT_SORT_KEYS)
        return Told(
            row.number,
            numbers,
            (keys.name_key(comparable(told["name"])), told["birth_date"].isoformat()),
            keys.fingerprint(text),
            (self._upload.school_year, row.grade, told["class_name"]),
            text.decode(),
        )

    def _with_known_numbers(
        self, work: Work, row: RosterRow, told: Told, known: Mapping[Number, Known], kept: Mapping[UUID, dict[str, Any]]
    ) -> Told:
        """A list that leaves a number out does not make it unknown: what was kept of it stays."""
        for pupil in _lacking(told, known):
            row.told |= {kind: kept[pupil.id][kind] for kind in pupil.numbers if kind in kept[pupil.id]} | {
                kind: row.told[kind] for kind in told.numbers
            }
            return self._told(work, row)
        return told

    def _taken(self, work: Work, row: RosterRow, told: Told, outcome: Outcome) -> tuple[Any, ...]:
        pupil, keys, said = outcome.known, work.person_keys, row.told
        pupil_id = pupil.id if pupil else work.new_id()
        outcome_kind = outcome.outcome
        duplicate = outcome_kind is RowOutcome.DUPLICATE
        if duplicate:
            row.faults.append(Fault(self._columns.get("name"), "name", "duplicate", said["name"], False))
        guardians = ",".join(
            [keys.checked("person", said[name]) if said.get(name) else "NULL" for name in _GUARDIAN_NUMBERS]
        )
        family = said.get("family_card")
        return (
            self._upload.id,
            row.number,
            outcome_kind.value,
            None if duplicate else pupil_id,
            pupil is not None,
            pupil.npsn if pupil and pupil.npsn != self._upload.npsn else None,
            outcome.first_row,
            row.grade,
            said["class_name"],
            told.numbers.get(NISN),
            told.numbers.get(NIK),
            keys.checked("household", family) if family else None,
            f"{{{guardians}}}",
            not told.numbers and not (pupil and pupil.numbers),
            said["sex"],
            said["birth_date"],
            told.name[0],
            f"{{{','.join(map(str, index_of(keys, said['name'], self._word_codes)))}}}",
            told.fingerprint,
            None if duplicate else work.cipher.encrypt(told.text, field=DETAILS, row=pupil_id),
            mask_name(said["name"]) if duplicate else "",
            self._faults(row),
        )

    def _refused(self, work: Work, row: RosterRow) -> tuple[Any, ...]:
        cells = [] if row.line is None else [[column, text] for column, _, text in row.line.cells]
        place = f"{self._upload.id}/{row.number}"
        name = row.told.get("name")
        empty = (None,) * len(store.roster_row.COLUMNS)
        values = {
            "roster_id": self._upload.id,
            "number": row.number,
            "outcome": RowOutcome.REFUSED.value,
            "known": False,
            "class_name": row.told.get("class_name"),
            "provisional": False,
            "details": work.cipher.encrypt(orjson.dumps(cells).decode(), field=CELLS, row=place),
            "shown_name": mask_name(name) if isinstance(name, str) else "",
            "faults": self._faults(row),
        }
        return tuple(values.get(column, none) for column, none in zip(store.roster_row.COLUMNS, empty, strict=True))

    def _faults(self, row: RosterRow) -> str:
        return orjson.dumps([_shown(fault, row.number) for fault in row.faults]).decode() if row.faults else "[]"


def _lacking(told: Told, known: Mapping[Number, Known]) -> list[Known]:
    """The one pupil whom the row's numbers name, if it is known by more numbers than the row has."""
    named = {known[number].id: known[number] for number in told.numbers.items() if number in known}
    return [one for one in named.values() if len(named) == 1 and one.numbers.keys() - told.numbers.keys()]


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
