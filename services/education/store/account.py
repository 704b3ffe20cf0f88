"""Bank accounts of schools and pupils; number and holder encrypted."""

from __future__ import annotations

from sqlalchemy import Column, Table, Text, Uuid, select

from chassis.encrypted import decrypt, encrypt
from chassis.work import Work

from ..domain.disbursement import Account
from .columns import locked, metadata, moment

NUMBER, HOLDER = "account.number", "account.holder"
account = Table(
    "account",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("payee", Text, nullable=False, unique=True, comment="NPSN, or a pupil's id"),
    Column("bank_code", Text, nullable=False),
    Column("number", Text, nullable=False, comment="encrypted"),
    Column("holder", Text, nullable=False, comment="encrypted"),
    moment("changed_at", required=True),
    Column("changed_by", Text, nullable=False),
)


def put(work: Work, payee: str, new: Account) -> None:
    """A payee's account, in place of another."""
    known = work.read(locked(select(account.c.id).where(account.c.payee == payee), True)).scalar()
    id = known or work.new_id()
    values = {
        "bank_code": new.bank_code,
        "number": encrypt(work, new.number, NUMBER, id),
        "holder": encrypt(work, new.holder, HOLDER, id),
        "changed_at": work.now,
        "changed_by": work.actor.subject,
    }
    if known:
        work.update(account, {"id": id}, **values)
    else:
        work.insert(account, id=id, payee=payee, **values)


def some(work: Work, payees: list[str]) -> dict[str, Account]:
    """Of those who have one."""
    rows = work.read(select(account).where(account.c.payee.in_(payees))).mappings()
    return {
        row["payee"]: Account(
            row["bank_code"],
            decrypt(work, row["number"], NUMBER, row["id"]) or "",
            decrypt(work, row["holder"], HOLDER, row["id"]) or "",
        )
        for row in rows
    }
