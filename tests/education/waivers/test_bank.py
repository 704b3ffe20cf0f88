"""The bank's side: files out, answers in, bounced, late, voided, sent twice."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from contracts import education as asked
from contracts.problems import InvalidRequest
from services.education.domain.sharing import shares
from services.education.store.disbursement import BANK_WAITING_SECONDS
from tests.education.office import MANAGER, OFFICER, ONE, TWO, operator

from .desk import ACCOUNT, TREASURER, YEAR, Desk


@pytest.fixture
def batch(desk: Desk) -> Any:
    """Two schools are owed a month each of one child, in a batch that is at the bank."""
    desk.two_are_owed_a_month()
    desk.budget(50_000_000)
    drafted = desk.draft()
    desk.export(drafted)
    return drafted


def references(desk: Desk, batch: Any) -> list[str]:
    return [row[1] for row in desk.bank_file(batch) if row[0] == "D"]


def codes(refused: pytest.ExceptionInfo[InvalidRequest]) -> list[tuple[str, str]]:
    return [(error.pointer, error.code) for error in refused.value.data.errors]


def test_a_bounced_line_is_owed_again_and_paid_by_the_next_batch(desk: Desk, batch: Any) -> None:
    one, two = references(desk, batch)
    told = desk.answer(batch, f"{one};PAID;166667;2026-11-23;", f"{two};BOUNCED;166667;2026-11-23;rekening ditutup")
    assert (told.paid, told.bounced, told.disbursement.state) == (1, 1, "reconciled")
    lines = desk.ask(asked.ListDisbursementLines, OFFICER, disbursement_id=batch.id).items
    assert [(line.state, line.reason) for line in lines] == [("paid", None), ("bounced", "rekening ditutup")]
    assert (desk.balance(ONE), desk.balance(TWO)) == (0, 166_667)
    again = desk.draft()
    assert (again.lines, again.rupiah) == (1, 166_667)
    desk.export(again)
    assert references(desk, again) != references(desk, batch)
    desk.pay(again)
    assert desk.balance(TWO) == 0


def test_a_paid_line_that_comes_back_days_later(desk: Desk, batch: Any) -> None:
    desk.pay(batch)
    one, _ = references(desk, batch)
    told = desk.answer(batch, f"{one};BOUNCED;166667;2026-11-25;ditolak bank penerima")
    assert (told.bounced, told.disbursement.state, told.disbursement.paid) == (1, "reconciled", 166_667)
    assert desk.balance(ONE) == 166_667
    assert [row.kind for row in desk.ledger(npsn=ONE)] == ["due", "paid", "returned"]
    with pytest.raises(InvalidRequest) as refused:
        desk.answer(batch, f"{one};PAID;166667;2026-11-26;")
    assert codes(refused) == [("/file/2", "bounced_before")]


def test_the_same_file_twice_and_the_same_line_in_another(desk: Desk, batch: Any) -> None:
    one, two = references(desk, batch)
    row = f"{one};PAID;166667;2026-11-23;"
    assert desk.answer(batch, row).disbursement.state == "exported", "one line is not answered"
    again = desk.answer(batch, row)
    assert (again.paid, again.already) == (0, 0)
    other = desk.answer(batch, row, f"{two};PAID;166667;2026-11-23;")
    assert (other.paid, other.already, other.disbursement.state) == (1, 1, "reconciled")
    assert desk.balance(ONE) == desk.balance(TWO) == 0


@pytest.mark.parametrize("field", ["bank_code", "account_number", "school_year"])
def test_digits_are_0_to_9(field: str) -> None:
    """The digits of every script are digits to a pattern, but not to a bank."""
    good = {**ACCOUNT, "school_year": YEAR}
    told = {**good, field: good[field][:-1] + chr(0x0660 + int(good[field][-1]))}
    with pytest.raises(ValidationError) as refused:
        asked.BankAccount.model_validate({name: told[name] for name in ACCOUNT})
        asked.GetWaiverReport(school_year=told["school_year"], term=1)
    assert [error["type"] for error in refused.value.errors()] == ["not_ascii"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("{other};PAID;166667;2026-11-23;", "unknown_line"),
        ("{one}9;PAID;166667;2026-11-23;", "unknown_line"),
        ("=1+1;PAID;166667;2026-11-23;", "unknown_line"),
        ("{padded};PAID;166667;2026-11-23;", "unknown_line"),
        ("{one};PAID;166666;2026-11-23;", "other_sum"),
        ("{one};OK;166667;2026-11-23;", "status"),
        ("{one};PAID;166667,5;2026-11-23;", "rupiah"),
        ("{one};PAID;166667;23/11/2026;", "date"),
        ("{one};BOUNCED;166667;2026-11-23;", "reason_missing"),
    ],
)
def test_one_wrong_row_and_nothing_of_the_file_counts(desk: Desk, batch: Any, row: str, code: str) -> None:
    one, two = references(desk, batch)
    name, export, _ = two.split("-")
    wrong = row.format(one=one, other=one.replace("TNG", "TNX"), padded=f"{name}-{export}-02")
    with pytest.raises(InvalidRequest) as refused:
        desk.answer(batch, f"{two};PAID;166667;2026-11-23;", wrong)
    assert codes(refused) == [("/file/3", code)]
    assert desk.balance(TWO) == 166_667, "the good row neither"


def test_what_is_no_answer_of_a_bank(desk: Desk, batch: Any) -> None:
    one, _ = references(desk, batch)
    row = f"{one};PAID;166667;2026-11-23;"
    with pytest.raises(InvalidRequest) as refused:
        desk.answer(batch, row, row)
    assert codes(refused) == [("/file/3", "twice")]


def test_a_second_export_needs_the_first_to_be_voided(desk: Desk, batch: Any) -> None:
    old = references(desk, batch)
    with pytest.raises(asked.WaiverWrongState):
        desk.ask(asked.ExportDisbursement, TREASURER, disbursement_id=batch.id)
    void = {"disbursement_id": batch.id, "reason": "bank menolak berkas"}
    with pytest.raises(asked.SamePerson):
        desk.ask(asked.VoidExport, TREASURER, **void)
    voided = desk.ask(asked.VoidExport, MANAGER, **void)
    assert (voided.state, voided.file_sha256) == ("approved", None)
    with pytest.raises(asked.WaiverWrongState):
        desk.ask(asked.DownloadBankFile, TREASURER, disbursement_id=batch.id)
    again = desk.ask(asked.ExportDisbursement, TREASURER, disbursement_id=batch.id)
    assert again.exports == 2
    new = references(desk, batch)
    assert not set(old) & set(new)
    with pytest.raises(InvalidRequest) as refused:
        desk.answer(batch, f"{old[0]};PAID;166667;2026-11-23;")
    assert codes(refused) == [("/file/2", "voided_export")]
    desk.pay(batch)
    with pytest.raises(asked.WaiverWrongState):
        desk.ask(asked.VoidExport, MANAGER, **void)


def test_after_the_export_no_line_is_removed(desk: Desk, batch: Any) -> None:
    line = desk.ask(asked.ListDisbursementLines, OFFICER, disbursement_id=batch.id).items[0]
    told = {"disbursement_id": batch.id, "line_id": line.id, "reason": "salah rekening"}
    with pytest.raises(asked.WaiverWrongState):
        desk.ask(asked.RemoveLine, TREASURER, **told)
    with pytest.raises(asked.WaiverWrongState):
        desk.ask(asked.CancelDisbursement, TREASURER, disbursement_id=batch.id, reason="terlambat")


def test_in_a_draft_a_line_is_removed_and_owed_as_before(desk: Desk, batch: Any) -> None:
    desk.pay(batch)
    for npsn in (ONE, TWO):
        desk.confirm("2026-09-01", npsn)
        desk.claim("2026-09-01", "2026-09-01", npsn)
    drafted = desk.draft()
    line = desk.ask(asked.ListDisbursementLines, OFFICER, disbursement_id=drafted.id).items[0]
    told = {"disbursement_id": drafted.id, "line_id": line.id, "reason": "salah rekening"}
    left = desk.ask(asked.RemoveLine, TREASURER, **told)
    assert (left.lines, left.rupiah) == (1, 166_667)
    assert desk.draft().rupiah == 166_667, "the removed line is in the next batch"


def test_the_bank_is_late(desk: Desk, batch: Any) -> None:
    look = {"disbursement_id": batch.id}
    assert not desk.ask(asked.GetDisbursement, OFFICER, **look).bank_overdue
    desk.office.later(days=8)
    late = desk.ask(asked.GetDisbursement, OFFICER, **look)
    assert (late.state, late.bank_overdue) == ("exported", True)
    with pytest.raises(asked.NothingToPay):
        desk.draft()


def test_less_is_owed_than_was_drafted(desk: Desk, batch: Any) -> None:
    desk.pay(batch)
    for npsn in (ONE, TWO):
        desk.confirm("2026-09-01", npsn)
        desk.claim("2026-09-01", "2026-09-01", npsn)
    drafted = desk.draft()
    desk.office.work()
    desk.ask(asked.VerifyDisbursement, TREASURER, disbursement_id=drafted.id)
    (pupil,) = [one.id for one in desk.office.pupils(TWO)]
    told = {"pupil_id": pupil, "programme": "bop", "month": "2026-09-01", "reason": "keliru"}
    desk.ask(asked.CorrectMonth, operator(TWO), **told)
    with pytest.raises(asked.DisbursementStale) as refused:
        desk.ask(asked.ApproveDisbursement, MANAGER, disbursement_id=drafted.id)
    assert refused.value.data.extra == {"lines": [2]}
    desk.ask(asked.CancelDisbursement, TREASURER, disbursement_id=drafted.id, reason="disusun ulang")
    assert desk.draft().lines == 1


def test_treasury_numbers_are_kept(desk: Desk, batch: Any) -> None:
    told = {"disbursement_id": batch.id, "spp": "12/SPP", "spm": "12/SPM"}
    desk.ask(asked.RecordTreasuryNumbers, TREASURER, **told)
    kept = desk.ask(asked.RecordTreasuryNumbers, TREASURER, disbursement_id=batch.id, sp2d="34/SP2D")
    assert (kept.spp, kept.spm, kept.sp2d) == ("12/SPP", "12/SPM", "34/SP2D")


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=40), st.integers(0, 10**10))
def test_shares_add_up_and_nobody_gets_more_than_is_owed(owed: list[int], budget: int) -> None:
    paid = shares(owed, budget)
    assert sum(paid) == min(sum(owed), budget)
    assert all(0 <= part <= whole for part, whole in zip(paid, owed, strict=True))
    if sum(owed) > budget:
        assert all(abs(part - whole * budget / sum(owed)) < 1.001 for part, whole in zip(paid, owed, strict=True))


def test_the_banks_files_are_gone_two_days_later(desk: Desk, batch: Any, tmp_path: Path) -> None:
    desk.pay(batch)
    folder = tmp_path / "bankresults"
    (file,) = folder.iterdir()
    sent = desk.office.now.timestamp()
    os.utime(file, (sent, sent))
    desk.office.later(hours=25)
    desk.office.fire()
    assert [one.name for one in folder.iterdir()] == [file.name]
    desk.office.later(hours=24)
    desk.office.fire()
    assert list(folder.iterdir()) == []
    again = desk.pay(batch)
    assert (again.paid, again.already) == (0, 0), "the same file is known by its checksum"


def test_how_long_the_bank_has_been_silent(desk: Desk, batch: Any) -> None:
    def silent() -> float:
        return float(desk.office.rows(BANK_WAITING_SECONDS)[0][0])

    days = (datetime.now(UTC) - desk.office.now).total_seconds()
    assert silent() == pytest.approx(days, abs=60)
    desk.pay(batch)
    assert silent() == 0
