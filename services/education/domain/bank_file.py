"""The file for the bank: the same bytes each time it is made from the same lines.

    H;<batch>;<export>;<date>;<lines>;<rupiah>          head
    D;<reference>;<bank>;<account>;<holder>;<rupiah>;<purpose>
    T;<lines>;<rupiah>;<SHA-256 of all bytes before, hex>

A reference names batch, export and line: a line that is paid again in another batch or export has another one.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from contracts.education import Programme

from .disbursement import Disbursement, Line

PURPOSE = {
    Programme.BOP: "BOP SEKOLAH SWASTA GRATIS",
    Programme.TANGERANG_CERDAS: "BEASISWA TANGERANG CERDAS",
}


def batch_name(id: UUID) -> str:
    """How the bank's files name a batch."""
    return f"TNG{id.hex[-12:].upper()}"


def reference(id: UUID, export: int, number: int) -> str:
    """Of one line in one export."""
    return f"{batch_name(id)}-{export}-{number}"


def content(batch: Disbursement, lines: Iterable[Line], exported_on: date) -> bytes:
    """UTF-8, `;`, line ends as in a text for Windows, as banks ask for."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    purpose = f"{PURPOSE[batch.programme]} {batch.budget_year}"
    writer.writerow(["H", batch_name(batch.id), batch.exports, exported_on.isoformat(), batch.lines, batch.rupiah])
    for line in lines:
        told = reference(batch.id, batch.exports, line.number)
        account = line.account
        writer.writerow(["D", told, account.bank_code, account.number, account.holder, line.rupiah, purpose])
    body = target.getvalue().encode()
    return body + f"T;{batch.lines};{batch.rupiah};{hashlib.sha256(body).hexdigest()}\r\n".encode()
