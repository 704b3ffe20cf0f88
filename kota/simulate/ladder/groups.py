"""Owners registered and trained; groups formed, checked by office and bank, paid out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from contracts import umkm as asked

from .members import Member
from .office import BANK, CHECKER, CLERK, Office

KELURAHAN = ("36.71.01.1001", "36.71.05.1001", "36.71.09.1001")


def register(office: Office, number: int) -> Member:
    """An owner whose NIK belongs to nobody, with a micro business that is verified."""
    nik = f"3671{number % 13 + 1:02d}4507{80 + number // 900:02d}{9000 + number % 900:04d}"
    kelurahan = KELURAHAN[number % len(KELURAHAN)]
    told = {
        "owner": {
            "nik": nik,
            "name": f"Anggota Simulasi {number}",
            "phone": f"+62812{number:07d}",
            "kelurahan_code": kelurahan,
            "family_card_number": f"367101010114{number + 1:04d}",
        },
        "name": f"Usaha Simulasi {number}",
        "trade": "food",
        "kelurahan_code": kelurahan,
        "address": "Jl. Simulasi 1",
        "founded_on": "2020-03-02",
        "size": {"basis": "turnover", "rupiah": 90_000_000, "year": office.today.year - 1},
    }
    business = office.ask(asked.RegisterBusiness.model_validate(told))
    office.ask(asked.VerifyBusiness(business_id=business.id), CHECKER)
    return Member(number, nik, business.id)


def train(office: Office, members: Sequence[Member]) -> None:
    """All pass a training of one morning."""
    now = office.now
    begins = now + timedelta(minutes=5)
    told = {
        "title": "Pembukuan sederhana",
        "venue": "Gedung Simulasi",
        "kelurahan_code": KELURAHAN[0],
        "quota": len(members),
        "priority_hours": 0,
        "opens_at": now,
        "sessions": [{"begins_at": begins, "ends_at": begins + timedelta(hours=2)}],
    }
    batch = office.ask(asked.AnnounceBatch.model_validate(told))
    for one in members:
        office.ask(asked.RequestSeat(batch_id=batch.id, business_id=one.business_id))
    office.now = begins
    office.fire()
    present = tuple(range(1, len(members) + 1))
    office.ask(asked.RecordAttendance(batch_id=batch.id, session=1, present=present))
    results = [{"number": number, "passed": True} for number in present]
    office.ask(asked.FinishBatch.model_validate({"batch_id": batch.id, "results": results}))


def lend(office: Office, name: str, members: Sequence[Member], rupiah: int, months: int) -> list[Any]:
    """From a group that forms to one that is paid out: the loans, in the order of the members."""
    group: Any = None
    for one in members:
        told = {"business_id": one.business_id, "rupiah": rupiah, "use": "modal usaha", "vouches": True}
        if group is None:
            group = office.ask(asked.FormGroup.model_validate({"name": name, "months": months, **told}), CLERK)
        else:
            group = office.ask(asked.JoinGroup.model_validate({"group_id": group.id, **told}), CLERK)
    office.ask(asked.SubmitGroup(group_id=group.id), CLERK)
    for one in group.members:
        office.ask(asked.CheckPapers(loan_id=one.loan_id, passed=True), CHECKER)
    for one in group.members:
        office.ask(asked.CheckCredit(loan_id=one.loan_id, passed=True), BANK)
    payouts = [{"loan_id": one.loan_id, "rupiah": one.rupiah} for one in group.members]
    told = {"group_id": group.id, "disbursed_on": office.today, "payouts": payouts}
    office.ask(asked.DisburseGroup.model_validate(told), BANK)
    return [office.ask(asked.GetLoan(loan_id=one.loan_id)) for one in group.members]
