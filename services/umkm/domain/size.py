"""Micro, small or medium, by article 35 of PP 7/2021: a limit belongs to the lower class.

Capital (without land and building of the place of business) counts while no calendar year has ended since the
founding; after that the turnover of one that has.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from contracts.problems import wrong_field
from contracts.umkm import SizeBasis, SizeClass

BILLION = 1_000_000_000
LIMITS = {
    SizeBasis.CAPITAL: (1 * BILLION, 5 * BILLION, 10 * BILLION),
    SizeBasis.TURNOVER: (2 * BILLION, 15 * BILLION, 50 * BILLION),
}
"""Rupiah; at most so much for micro, small, medium."""
CLASSES = tuple(SizeClass)


@dataclass(frozen=True, slots=True)
class Size:
    """A declared one. The amount is nobody's business but the owner's."""

    basis: SizeBasis
    year: int
    size_class: SizeClass
    rupiah: int = field(repr=False)

    def outgrows(self, before: Size) -> bool:
        """Whether it is of a larger class."""
        return CLASSES.index(self.size_class) > CLASSES.index(before.size_class)


def declared(basis: SizeBasis, rupiah: int, year: int | None, founded_on: date, today: date) -> Size:
    """The size of a business founded then. Raises InvalidRequest for what can't be declared, or is no MSME's."""
    running = founded_on.year < today.year
    if basis is SizeBasis.CAPITAL and running:
        raise wrong_field(
            "size.basis", "running", "a year has ended since the founding", "send the turnover of a year that is over"
        )
    if basis is SizeBasis.TURNOVER and not (year is not None and founded_on.year <= year < today.year):
        raise wrong_field(
            "size.year",
            "year_not_over",
            "turnover is of a year that is over, since the founding",
            "send another year, or the capital if the business is new",
        )
    return Size(basis, year if year is not None else today.year, class_of(basis, rupiah), rupiah)


def class_of(basis: SizeBasis, rupiah: int) -> SizeClass:
    """The class for an amount. Raises InvalidRequest for more than a medium enterprise has."""
    for size_class, limit in zip(CLASSES, LIMITS[basis], strict=True):
        if rupiah <= limit:
            return size_class
    raise wrong_field(
        "size.rupiah", "above_medium", "more than a medium enterprise has: it is no MSME", "compare the amount"
    )
