"""Refusals about waivers and the money for them."""

from __future__ import annotations

from ..problems import Conflict


class WaiverWrongState(
    Conflict,
    slug="education-waiver-wrong-state",
    status=409,
    en="The state does not allow this step",
    id="Status tidak memungkinkan langkah ini",
):
    """`state` is the present state, `allowed` the states from which the step is possible."""


class NoRules(
    Conflict,
    slug="education-no-rules",
    status=409,
    en="This programme has no rules for this school year",
    id="Program ini belum memiliki aturan untuk tahun ajaran ini",
):
    """Set them first."""


class AlreadyApplied(
    Conflict,
    slug="education-already-applied",
    status=409,
    en="There is an application or a waiver for this child, programme and term",
    id="Sudah ada permohonan atau pembebasan untuk anak, program, dan semester ini",
):
    """`application_id` or `waiver_id` names it."""


class NotEligible(
    Conflict,
    slug="education-not-eligible",
    status=409,
    en="The rules do not allow it",
    id="Aturan tidak memperbolehkannya",
):
    """`reasons` are the codes, such as lives_elsewhere."""


class EvidenceFirst(
    Conflict,
    slug="education-evidence-first",
    status=409,
    en="The applicant must be given time to show what would help",
    id="Pemohon harus diberi waktu untuk menunjukkan bukti",
):
    """`answer_until` is the last day of it, unless more is shown before."""


class AppealTooLate(
    Conflict,
    slug="education-appeal-too-late",
    status=409,
    en="The 30 days for an appeal are over",
    id="Batas 30 hari untuk keberatan sudah lewat",
):
    """`last_day` was the last one. A new application is possible at any time."""


class SamePerson(
    Conflict,
    slug="education-same-person",
    status=409,
    en="Another person must do this",
    id="Langkah ini harus dilakukan orang lain",
):
    """Whoever made or verified it does not approve it."""


class ConfirmedElsewhere(
    Conflict,
    slug="education-confirmed-elsewhere",
    status=409,
    en="Another school has confirmed this month for these pupils",
    id="Sekolah lain sudah mengonfirmasi bulan ini untuk peserta didik tersebut",
):
    """`pupils` are theirs."""


class NotOfSchool(
    Conflict,
    slug="education-not-of-school",
    status=409,
    en="Some of these pupils are not the school's to name here",
    id="Sebagian peserta didik ini bukan milik sekolah tersebut",
):
    """`pupils` are not at the school, or have no waiver for the month, or were elsewhere on its 15th."""


class NothingToClaim(
    Conflict,
    slug="education-nothing-to-claim",
    status=409,
    en="Nothing is confirmed and not claimed in these months",
    id="Tidak ada bulan terkonfirmasi yang belum diklaim",
):
    """Confirm the months first."""


class OwesLess(
    Conflict,
    slug="education-owes-less",
    status=409,
    en="Less is owed back than this",
    id="Yang harus dikembalikan lebih kecil dari ini",
):
    """`owed` in rupiah."""


class RateInUse(
    Conflict,
    slug="education-rate-in-use",
    status=409,
    en="Months were claimed at the present rate",
    id="Sudah ada bulan yang diklaim dengan tarif sekarang",
):
    """`months` are claimed: the rate of this school year stays. Write the next year's."""


class NothingToPay(
    Conflict,
    slug="education-nothing-to-pay",
    status=409,
    en="Nothing can be paid",
    id="Tidak ada yang dapat dibayarkan",
):
    """`owed` and `budget_left` in rupiah, `without_account` payees."""


class BudgetTooLow(
    Conflict,
    slug="education-budget-too-low",
    status=409,
    en="More is paid or on its way to the bank",
    id="Yang sudah dibayar atau sedang diproses bank lebih besar",
):
    """`least` rupiah."""


class RecheckFirst(
    Conflict,
    slug="education-recheck-first",
    status=409,
    en="Who holds a waiver is still being looked at",
    id="Penerima pembebasan masih diperiksa ulang",
):
    """`state` of the re-check: wait while it is running; if it has failed, cancel the batch and draft another."""


class DisbursementStale(
    Conflict,
    slug="education-disbursement-stale",
    status=409,
    en="Less is owed than when it was drafted",
    id="Yang terutang kini lebih kecil daripada saat disusun",
):
    """`lines` are the numbers of the lines: remove them, or cancel the batch and draft another."""


__all__ = [
    "AlreadyApplied",
    "AppealTooLate",
    "BudgetTooLow",
    "ConfirmedElsewhere",
    "DisbursementStale",
    "EvidenceFirst",
    "NoRules",
    "NotEligible",
    "NotOfSchool",
    "NothingToClaim",
    "NothingToPay",
    "OwesLess",
    "RateInUse",
    "RecheckFirst",
    "SamePerson",
    "WaiverWrongState",
]
