"""What a programme may pay in a budget year, January to December."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.education import BudgetTooLow, Programme


@dataclass(slots=True)
class Budget:
    """In rupiah; `note` names the budget document."""

    programme: Programme
    budget_year: int
    rupiah: int
    note: str
    version: int = 1

    def change(self, rupiah: int, note: str, spent: int) -> None:
        """Raised or cut. `spent`: paid or on its way to the bank. Raises BudgetTooLow."""
        require_enough(rupiah, spent)
        self.rupiah, self.note = rupiah, note
        self.version += 1


def require_enough(rupiah: int, spent: int) -> None:
    """Raise BudgetTooLow for less than is spent."""
    if rupiah < spent:
        raise BudgetTooLow(least=spent)
