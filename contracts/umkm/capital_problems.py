"""Refusals of the capital programme."""

from __future__ import annotations

from ..problems import Conflict


class LoanWrongState(
    Conflict,
    slug="umkm-loan-wrong-state",
    status=409,
    en="The loan's state does not allow this step",
    id="Status pinjaman tidak memungkinkan langkah ini",
):
    """`state` is the present state, `allowed` the states from which the step is possible."""


class GroupWrongState(
    Conflict,
    slug="umkm-group-wrong-state",
    status=409,
    en="The group's state does not allow this step",
    id="Status kelompok tidak memungkinkan langkah ini",
):
    """`state` is the present state, `allowed` the states from which the step is possible."""


class GroupSize(
    Conflict,
    slug="umkm-group-size",
    status=409,
    en="A group of this size is not possible",
    id="Jumlah anggota kelompok tidak sesuai",
):
    """`members` has the group, or would have; `least` and `most` are allowed."""


class NotEligibleForCapital(
    Conflict,
    slug="umkm-not-eligible-for-capital",
    status=409,
    en="This owner can't borrow now",
    id="Pemilik ini belum dapat meminjam",
):
    """`why`: age (with `age`, `least`, `most`), resident, size_class (with `classes`), household_unknown (the family
    card is missing), certificate (a training is to be passed first), deceased."""


class AlreadyBorrowing(
    Conflict,
    slug="umkm-already-borrowing",
    status=409,
    en="There is a loan that is not settled",
    id="Masih ada pinjaman yang belum lunas",
):
    """`whose`: owner (with `loan_id`), or household (somebody else's, so nothing more is told)."""


class SameStaff(
    Conflict,
    slug="umkm-same-staff",
    status=409,
    en="Office and bank check by different people",
    id="Pemeriksaan dinas dan bank harus oleh orang berbeda",
):
    """Whoever has checked the papers does not check the credit."""


class BankFileTaken(
    Conflict,
    slug="umkm-bank-file-taken",
    status=409,
    en="Another file of this number was booked",
    id="Berkas lain dengan nomor ini sudah dibukukan",
):
    """`bank_file_id` names it: ask the bank which of the two holds."""


class NothingWaits(
    Conflict,
    slug="umkm-nothing-waits",
    status=409,
    en="Nothing of this line waits",
    id="Tidak ada sisa yang menunggu pada baris ini",
):
    """`state` is the line's state."""


class NotSettleable(
    Conflict,
    slug="umkm-line-not-settleable",
    status=409,
    en="The line can't be settled in this way",
    id="Baris ini tidak dapat diselesaikan dengan cara ini",
):
    """`why`: no_money (the line holds no sum), more_than_owed (with `owed`), future (its value date is
    still to come), frozen, other_group, own_loan, not_disbursed."""


class KurRuleNotMet(
    Conflict,
    slug="umkm-kur-rule-not-met",
    status=409,
    en="The rule for KUR is not met",
    id="Ketentuan KUR belum terpenuhi",
):
    """`missing` says why, as in the check."""
