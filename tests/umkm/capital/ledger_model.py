"""What the bank's lines should come to, told in plain Python: one dictionary of transactions, one of sums."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass
class Told:
    """One transaction as it was first told."""

    kind: str
    loan: int
    rupiah: int
    on: date
    payer: int | None = None
    booked: int = 0
    waits: int = 0
    reversed: bool = False


@dataclass
class World:
    """`owed` by loan; `frozen` loans are not covered."""

    lent: int
    owed: dict[int, int] = field(default_factory=dict)
    told: dict[str, Told] = field(default_factory=dict)
    frozen: set[int] = field(default_factory=set)

    def book(self, lines: list[tuple[str, Told]]) -> tuple[int, int, int]:
        """A file: how many lines are done with, wait, were known. What came back of earlier files comes first."""
        known = {name for name, line in lines if name in self.told}
        earlier = [(name, one) for name, one in lines if one.kind == "R" and name not in known]
        first = [(name, one) for name, one in earlier if self._origin(one) is not None]
        rest = [(name, one) for name, one in earlier if self._origin(one) is None]
        waiting = sum(self._reverse(name, one) for name, one in first)
        credits = [(name, one) for name, one in lines if one.kind != "R" and name not in known]
        waiting += sum(self._credit(name, one) for name, one in credits)
        waiting += sum(self._reverse(name, one) for name, one in rest)
        back = sum(self.told[name].waits > 0 and self.told[name].reversed for name, _ in credits)
        return len(lines) - len(known) - waiting + back, waiting - back, len(known)

    def _origin(self, line: Told) -> Told | None:
        return self.told.get(self.names[line.loan])

    names: dict[int, str] = field(default_factory=dict)
    """Which transaction a reversal (by its `loan`) takes back."""

    def _reverse(self, name: str, line: Told) -> bool:
        origin = self._origin(line)
        self.told[name] = line
        if origin is None or origin.kind == "R" or origin.reversed or origin.rupiah != line.rupiah:
            line.waits = line.rupiah
            return True
        origin.reversed = True
        self.owed[origin.loan] += origin.booked
        return False

    def _credit(self, name: str, line: Told) -> bool:
        self.told[name] = line
        bars = line.kind == "C" and (line.payer == line.loan or line.loan in self.frozen)
        line.booked = 0 if bars else min(line.rupiah, self.owed[line.loan])
        line.waits = line.rupiah - line.booked
        self.owed[line.loan] -= line.booked
        return line.waits > 0
