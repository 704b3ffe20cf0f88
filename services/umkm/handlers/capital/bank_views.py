"""How files and lines of the bank are shown."""

from __future__ import annotations

from dataclasses import fields

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_11_10

from contracts.umkm import BankFileView, BankLineProblem, BankLineState, BankLineView

from ...domain.certificate import DIGITS
from ...store.capital.bank_file import BankFile
from ...store.capital.bank_line import BankLine

NAMED = (BankLineProblem.UNKNOWN_REFERENCE,)


def bank_file_view(file: BankFile) -> BankFileView:
    """One file."""
    shown = {one.name: getattr(file, one.name) for one in fields(file) if one.name in BankFileView.model_fields}
    return BankFileView.model_validate(shown)


def bank_line_view(line: BankLine) -> BankLineView:
    """One line."""
    waits = line.rupiah - line.booked if line.state is BankLineState.WAITING else 0
    return BankLineView(
        bank_file_id=line.bank_file_id,
        row=line.at_row,
        kind=line.kind,
        state=line.state,
        transaction=line.transaction,
        reference=line.reference,
        payer_reference=line.payer_reference,
        value_date=line.value_date,
        rupiah=line.rupiah,
        booked_rupiah=line.booked,
        waiting_rupiah=waits,
        problem=line.problem,
        mistyped=line.problem in NAMED and not all(map(_checks, filter(None, (line.reference, line.payer_reference)))),
        as_sent=line.sent,
        loan_id=line.loan_id,
        settlement=line.settlement,
        note=line.note,
    )


def _checks(reference: str) -> bool:
    """Whether it could be one of ours: thirteen digits that fit each other."""
    try:
        return len(reference) == DIGITS + 1 and bool(mod_11_10.validate(reference))
    except ValidationError:
        return False
