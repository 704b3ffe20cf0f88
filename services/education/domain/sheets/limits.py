"""How large a file may be, and the refusal of one that can't be read."""

from __future__ import annotations

from dataclasses import dataclass


class Unreadable(Exception):
    """The whole file is refused: a code, what is wrong, how to mend it. Nothing of it was taken."""

    def __init__(self, code: str, problem: str, fix: str) -> None:
        super().__init__(code)
        self.code, self.problem, self.fix = code, problem, fix

    def __reduce__(self) -> tuple[type[Unreadable], tuple[str, str, str]]:
        """It is told from one process to another."""
        return Unreadable, (self.code, self.problem, self.fix)


OTHER_DAYS = Unreadable(
    "days_since_1904",
    "the file counts days from 1904, so every date would be four years early",
    "turn off the 1904 date system in the program's settings and save it anew, or send it as CSV",
)
"""What Excel for Mac wrote for long: a birth date off by four years looks right."""


@dataclass(frozen=True)
class Limits:
    """A whole city has 250,000 pupils, a school at most a few thousand; what is larger is a mistake or an attack."""

    rows: int = 100_000
    row_number: int = 150_000
    columns: int = 300
    parts: int = 2_000
    unpacked: int = 700_000_000
    small_part: int = 20_000_000
    ratio: int = 200
    texts: int = 120_000_000
    cell: int = 4_000

    def check_order(self, number: int, last: int) -> None:
        """Raise Unreadable for a row that does not come after the one before: two rows would be one, or one be lost."""
        if number <= last:
            raise Unreadable(
                "rows_out_of_order",
                "the rows of the sheet don't stand in their order",
                "open the file, save it again, and send the new one",
            )

    def check_row(self, number: int) -> None:
        """Raise Unreadable for a row beyond the limit, empty or not."""
        if number > self.row_number:
            raise Unreadable(
                "too_many_rows",
                f"the sheet goes beyond row {self.row_number}",
                "delete the empty rows below the last pupil, or split the file",
            )
