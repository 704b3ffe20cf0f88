"""The partner bank: its files, and its own account of what came in — by itself, not from the service."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID


@dataclass
class Bank:
    """`paid`: by loan, what counts; lines are those of the next file."""

    covered: date
    lines: list[str] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    lent: Counter[UUID] = field(default_factory=Counter)
    paid: Counter[UUID] = field(default_factory=Counter)
    returned: int = 0
    files: int = 0
    transactions: int = 0

    def lend(self, loan: Any) -> None:
        """Paid out; with the fee it is what comes back."""
        self.lent[loan.id] = loan.rupiah + loan.administration_rupiah

    def pay(self, loan: Any, rupiah: int, on: date, reference: str | None = None) -> None:
        """Money for a loan: what is more than owed waits for a person, who sends it back."""
        owed = self.lent[loan.id] - self.paid[loan.id]
        self.paid[loan.id] += min(owed, rupiah)
        self._line(f"P;{{}};{reference or loan.reference};{on};{rupiah}")

    def cover(self, loan: Any, payer: Any, rupiah: int, on: date) -> None:
        """One member pays for another."""
        self.paid[loan.id] += rupiah
        self._line(f"C;{{}};{loan.reference};{on};{rupiah};{payer.reference}")

    def bounce(self, loan: Any, on: date) -> None:
        """The last payment of a loan comes back."""
        line = next(one for one in reversed(self.sent) if one.split(";")[2] == loan.reference)
        cells = line.split(";")
        self.paid[loan.id] -= int(cells[4])
        self._line(f"R;{{}};{cells[1]};{on};{cells[4]}")

    def file(self, until: date, again: str | None = None) -> bytes:
        """All that came in since the last one; `again`: a line that was told before."""
        self.files += 1
        lines = [*self.lines, *([again] if again else [])]
        begins = self.covered + timedelta(days=1)
        body = "".join(f"{line}\r\n" for line in (f"H;110;{self.files:05d};{begins};{until}", *lines))
        rupiah = sum(int(line.split(";")[4]) * (-1 if line[0] == "R" else 1) for line in lines)
        digest = hashlib.sha256(body.encode()).hexdigest()
        self.covered, self.sent, self.lines = until, [*self.sent, *self.lines], []
        return f"{body}T;{len(lines)};{rupiah};{digest}\r\n".encode()

    def _line(self, shape: str) -> None:
        self.transactions += 1
        self.lines.append(shape.format(f"BJB{self.transactions:08d}"))
