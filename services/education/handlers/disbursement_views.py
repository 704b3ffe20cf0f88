"""Batches of payments shown; accounts are masked."""

from __future__ import annotations

from chassis.privacy.masks import mask_account, mask_name
from chassis.work import Work
from contracts.education import (
    AccountView,
    DisbursementLinePage,
    DisbursementLineView,
    DisbursementPage,
    DisbursementView,
    GetDisbursement,
    ListDisbursementLines,
    ListDisbursements,
    RecheckView,
)
from contracts.problems import NotFound

from .. import store
from ..domain.disbursement import Account, Disbursement, Line


def list_disbursements(work: Work, query: ListDisbursements) -> DisbursementPage:
    """Newest first."""
    found, cursor = store.disbursement.pages(work, query)
    return DisbursementPage(items=tuple(disbursement_view(work, one) for one in found), next=cursor)


def get_disbursement(work: Work, query: GetDisbursement) -> DisbursementView:
    """One."""
    found = store.disbursement.get(work, query.disbursement_id)
    if found is None:
        raise NotFound(
            f"no batch {query.disbursement_id}", detail_id=f"tidak ada berkas pencairan {query.disbursement_id}"
        )
    return disbursement_view(work, found)


def list_disbursement_lines(work: Work, query: ListDisbursementLines) -> DisbursementLinePage:
    """By number."""
    found, cursor = store.disbursement.line_pages(work, query)
    return DisbursementLinePage(items=tuple(map(_line_view, found)), next=cursor)


def disbursement_view(work: Work, one: Disbursement) -> DisbursementView:
    """What is shown of it."""
    names = (
        "id",
        "programme",
        "budget_year",
        "state",
        "lines",
        "rupiah",
        "paid",
        "bounced",
        "unfunded",
        "without_account",
        "exports",
        "exported_at",
        "file_sha256",
        "spp",
        "spm",
        "sp2d",
        "drafted_by",
        "verified_by",
        "approved_by",
        "reason",
        "version",
    )
    shown = {name: getattr(one, name) for name in names}
    recheck = store.evaluation.get(work, one.recheck_id) if one.recheck_id else None
    if recheck is not None:
        shown["recheck"] = RecheckView(
            evaluation_id=recheck.id, state=recheck.state, waivers=recheck.waivers, in_doubt=recheck.in_doubt
        )
    return DisbursementView(**shown, bank_overdue=one.bank_overdue(work.now))


def account_view(one: Account) -> AccountView:
    """Masked."""
    return AccountView(bank_code=one.bank_code, number=mask_account(one.number), holder=mask_name(one.holder))


def _line_view(one: Line) -> DisbursementLineView:
    return DisbursementLineView(
        id=one.id,
        number=one.number,
        npsn=one.npsn,
        pupil_id=one.pupil_id,
        account=account_view(one.account),
        owed=one.owed,
        rupiah=one.rupiah,
        state=one.state,
        settled_on=one.settled_on,
        reason=one.reason,
    )
