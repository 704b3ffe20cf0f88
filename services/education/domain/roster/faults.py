"""What can be wrong with a cell of a roster: code, problem and fix."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.language import indonesian

TEXTS = {
    "missing": ("the cell is empty", "fill it in and send the row again"),
    "error_cell": ("the cell holds an error of the spreadsheet", "type the value itself"),
    "not_calculated": (
        "the cell holds a formula without its result",
        "open the file, save it again, or paste the value",
    ),
    "number_lost_digits": (
        "the number is kept as a value, which can lose its last digits",
        "format the column as text and type the number again",
    ),
    "not_a_date": ("this is no date", "write it as 2015-05-12 or 12/05/2015"),
    "date_unlikely": ("a pupil of this age is not at this school", "compare the birth date with the birth certificate"),
    "not_a_sex": ("must be L or P", "write L or P"),
    "no_grade": (
        "the class tells no grade of this school",
        "name the class by its grade, such as Kelas 4 A or Kelas VII B",
    ),
    "too_long": ("the text is too long", "shorten it"),
    "not_whole": ("must be a whole number", "write digits only"),
    "not_a_flag": ("must be Ya or Tidak", "write Ya or Tidak"),
    "duplicate": ("this pupil stands in the file before", "keep one of the two rows"),
    "two_children": (
        "NISN and NIK belong to two different children",
        "compare both numbers with the family card; the office can join two entries",
    ),
    "number_differs": (
        "this child is known with another number",
        "compare the number with the family card, or ask for a correction",
    ),
    "no_number": ("neither NISN nor NIK: kept for one term", "ask for the numbers and send them within the term"),
}


@dataclass(frozen=True)
class Fault:
    """Something wrong with a cell. It refuses the row, or only leaves the cell's value out."""

    column: int | None
    field: str
    code: str
    value: str
    refuses: bool
    problem: str = ""
    fix: str = ""


def words(code: str, problem: str = "", fix: str = "") -> tuple[str, str, str, str]:
    """Problem and fix of a code in English, then in Indonesian; the numbers' own checks bring theirs with them."""
    problem, fix = TEXTS.get(code, (problem, fix))
    return problem, fix, indonesian(problem) or problem, indonesian(fix) or fix
