"""Batches of payments: drafted by one person, approved by another, sent to the bank as a file, answered by the bank."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StrictInt, StringConstraints

from ...base import Model, Query, RecordedQuery, Request
from ...files import StoredFile
from ...identity import Npsn
from ...paging import PageQuery
from ..values import ascii_digits
from ..views import (
    AccountView,
    BankFile,
    BankResultsView,
    DisbursementLinePage,
    DisbursementPage,
    DisbursementView,
)
from ..waiver_values import BudgetYear, DisbursementState, LineState, Programme

Note = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=300)]
Number = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=60)]
Version = Annotated[StrictInt | None, Field(ge=1, description="As seen; another one is refused.")]


class BankAccount(Model):
    """Where the money goes. `bank_code`: the three digits of the interbank code, such as 110 for bjb."""

    bank_code: Annotated[str, AfterValidator(ascii_digits)] = Field(pattern=r"^\d{3}$", examples=["110"])
    account_number: Annotated[str, AfterValidator(ascii_digits)] = Field(
        pattern=r"^\d{6,20}$", repr=False, examples=["0012345678901"]
    )
    holder: str = Field(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9 .,'/&()-]{1,99}$",
        repr=False,
        examples=["SD CONTOH SATU"],
        description="As the bank writes it.",
    )


class SetSchoolAccount(Request, operation="education.set_school_account", scope="education:pay", reply=AccountView):
    """A school's account. A batch takes it as it is when the batch is drafted."""

    npsn: Npsn
    account: BankAccount


class SetPupilAccount(Request, operation="education.set_pupil_account", scope="education:pay", reply=AccountView):
    """The account of a pupil, for what is paid to the pupil."""

    pupil_id: UUID
    account: BankAccount


class DraftDisbursement(
    Request, operation="education.draft_disbursement", scope="education:pay", reply=DisbursementView
):
    """A batch of all that is owed of a budget year and not on its way yet, as far as the budget goes: if it does not
    suffice, each gets the same share. Whoever has no account is left out and counted. With it the re-check of all who
    hold a waiver begins."""

    programme: Programme
    budget_year: BudgetYear


class VerifyDisbursement(
    Request, operation="education.verify_disbursement", scope="education:pay", reply=DisbursementView
):
    """The lines were compared with the claims, and whoever is in doubt by the re-check was looked at; refused until it
    is done."""

    disbursement_id: UUID
    version: Version = None


class ApproveDisbursement(
    Request, operation="education.approve_disbursement", scope="education:approve", reply=DisbursementView
):
    """By another person than those who drafted and verified it."""

    disbursement_id: UUID
    version: Version = None


class RemoveLine(Request, operation="education.remove_line", scope="education:pay", reply=DisbursementView):
    """Take a line out of a draft; it is owed as before."""

    disbursement_id: UUID
    line_id: UUID
    reason: Note


class CancelDisbursement(
    Request, operation="education.cancel_disbursement", scope="education:pay", reply=DisbursementView
):
    """Before it was sent to the bank; all is owed as before."""

    disbursement_id: UUID
    reason: Note
    version: Version = None


class ExportDisbursement(
    Request, operation="education.export_disbursement", scope="education:pay", reply=DisbursementView
):
    """Its file goes to the bank from now on. A second export needs the approver to void the first."""

    disbursement_id: UUID
    version: Version = None


class DownloadBankFile(RecordedQuery, operation="education.download_bank_file", scope="education:pay", reply=BankFile):
    """The file for the bank: CSV with a head, a line for each payment, and a last one with count, total and checksum.
    The same bytes each time."""

    disbursement_id: UUID


class VoidExport(Request, operation="education.void_export", scope="education:approve", reply=DisbursementView):
    """The bank did not take the file, and will not. Its references are refused from now on."""

    disbursement_id: UUID
    reason: Note
    version: Version = None


class ImportBankResults(
    Request, operation="education.import_bank_results", scope="education:pay", reply=BankResultsView
):
    """What the bank did, as CSV with the columns reference, status (PAID or BOUNCED), rupiah, date and reason, in
    whatever order, separated by `;` or `,`. All of the file or nothing; the same file again changes nothing."""

    disbursement_id: UUID
    file: StoredFile


class RecordTreasuryNumbers(
    Request, operation="education.record_treasury_numbers", scope="education:pay", reply=DisbursementView
):
    """The treasury's papers: request (SPP), order (SPM), disbursement warrant (SP2D). What is not sent stays."""

    disbursement_id: UUID
    spp: Number | None = None
    spm: Number | None = None
    sp2d: Number | None = None


class ListDisbursements(
    PageQuery, operation="education.list_disbursements", scope="education:money", reply=DisbursementPage
):
    """Newest first."""

    programme: Programme | None = None
    budget_year: Annotated[int, Field(ge=2020, le=2099)] | None = None
    state: DisbursementState | None = None


class GetDisbursement(Query, operation="education.get_disbursement", scope="education:money", reply=DisbursementView):
    """One."""

    disbursement_id: UUID


class ListDisbursementLines(
    PageQuery, operation="education.list_disbursement_lines", scope="education:money", reply=DisbursementLinePage
):
    """By number; accounts masked."""

    disbursement_id: UUID
    state: LineState | None = None


__all__ = [
    "ApproveDisbursement",
    "BankAccount",
    "CancelDisbursement",
    "DownloadBankFile",
    "DraftDisbursement",
    "ExportDisbursement",
    "GetDisbursement",
    "ImportBankResults",
    "ListDisbursementLines",
    "ListDisbursements",
    "RecordTreasuryNumbers",
    "RemoveLine",
    "SetPupilAccount",
    "SetSchoolAccount",
    "VerifyDisbursement",
    "VoidExport",
]
