"""Files of the partner bank: looked at as a whole when they come, booked in the background (booking.py)."""

from __future__ import annotations

from chassis.storage import Storage
from chassis.turns import take_turn
from chassis.work import Work
from contracts.problems import NotFound, wrong_field
from contracts.umkm import (
    BankFilePage,
    BankFileState,
    BankFileTaken,
    BankFileView,
    GetBankFile,
    ListBankFiles,
    SendBankFile,
)

from ... import store
from ...domain.capital import bank_file
from ...domain.capital.bank_file import MOST_BYTES, Head, Unfit
from ...store.capital.bank_file import BankFile
from ..day import today
from ..job_kinds import BANK_FILE
from .bank_views import bank_file_view

FOLDER = "bankfiles"


def send_bank_file(work: Work, request: SendBankFile) -> BankFileView:
    """Refused at once if it can't be what the bank has sent; the same file again is the one that is known."""
    take_turn(work, "bank files")
    known = store.capital.bank_file.by_content(work, request.file.sha256)
    if known is not None and known.state is not BankFileState.REFUSED:
        return bank_file_view(known)
    head = _head(work, request)
    taken = store.capital.bank_file.by_number(work, head.bank_code, head.number)
    if taken is not None:
        raise BankFileTaken(
            "compare the two with the bank", detail_id="bandingkan keduanya dengan bank", bank_file_id=str(taken)
        )
    file = BankFile(  # one that was refused may come again, as it was: what was wrong may have been ours
        id=known.id if known else work.new_id(),
        bank_code=head.bank_code,
        number=head.number,
        covers_from=head.covers_from,
        covers_until=head.covers_until,
        lines=head.lines,
        rupiah=head.rupiah,
        sha256=request.file.sha256,
        file_key=request.file.key,
        received_at=work.now,
        received_by=work.actor.subject,
        version=known.version + 1 if known else 1,
    )
    store.capital.bank_file.put(work, file, known=known is not None)
    work.remind(BANK_FILE, file.id, work.now)
    work.audit(file.id, received=True, lines=head.lines, sha256=file.sha256)
    return bank_file_view(file)


def get_bank_file(work: Work, query: GetBankFile) -> BankFileView:
    """State and outcome."""
    found = store.capital.bank_file.get(work, query.bank_file_id)
    if found is None:
        raise NotFound(f"no file {query.bank_file_id}", detail_id=f"tidak ada berkas {query.bank_file_id}")
    return bank_file_view(found)


def list_bank_files(work: Work, query: ListBankFiles) -> BankFilePage:
    """Newest first."""
    found, cursor = store.capital.bank_file.pages(work, query)
    return BankFilePage(items=tuple(map(bank_file_view, found)), next=cursor)


def _head(work: Work, request: SendBankFile) -> Head:
    if request.file.size > MOST_BYTES:
        raise wrong_field("file", "too_large", "the file is over 20 MB", "ask the bank for several files")
    bank_code = store.capital.terms.newest(work).bank_code
    try:
        if not request.file.key.startswith(f"{FOLDER}/"):
            raise FileNotFoundError(request.file.key)
        with Storage.from_environment().reading(request.file.key) as file:
            return bank_file.head(file, bank_code, today(work))
    except FileNotFoundError:
        raise wrong_field("file", "gone", "the file is not there any more", "send it again") from None
    except Unfit as unfit:
        raise wrong_field("file", unfit.code, unfit.problem, unfit.fix) from None
