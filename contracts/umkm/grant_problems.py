"""Refusals of the grant rounds."""

from __future__ import annotations

from ..problems import Conflict


class GrantRoundWrongState(
    Conflict,
    slug="umkm-grant-round-wrong-state",
    status=409,
    en="The round's state does not allow this step",
    id="Status putaran hibah tidak memungkinkan langkah ini",
):
    """`state` is the present state, `allowed` the states from which the step is possible."""


class GrantWrongState(
    Conflict,
    slug="umkm-grant-wrong-state",
    status=409,
    en="The application's state does not allow this step",
    id="Status permohonan hibah tidak memungkinkan langkah ini",
):
    """`state` is the present state, `allowed` the states from which the step is possible."""


class NotEligibleForGrant(
    Conflict,
    slug="umkm-not-eligible-for-grant",
    status=409,
    en="The owner can't have a grant of this round",
    id="Pemilik ini tidak dapat menerima hibah putaran ini",
):
    """`why` is one of GrantBar: received_before comes with `received_on` and `until`, the last day on which it bars;
    other members of the household count, too."""


class AlreadyApplied(
    Conflict,
    slug="umkm-grant-already-applied",
    status=409,
    en="There is an application in this round already",
    id="Sudah ada permohonan pada putaran ini",
):
    """`whose`: owner (with `application_id`), or household (somebody else's, so nothing more is told)."""


class SameReviewer(
    Conflict,
    slug="umkm-grant-same-reviewer",
    status=409,
    en="Papers and place are looked at by different people",
    id="Berkas dan lokasi diperiksa oleh petugas berbeda",
):
    """Whoever has looked at the papers does not make the visit."""


class ReviewerScores(
    Conflict,
    slug="umkm-grant-reviewer-scores",
    status=409,
    en="Who knows the applicant does not score",
    id="Petugas yang mengenal pemohon tidak memberi nilai",
):
    """Whoever took the application in, looked at the papers or made the visit has seen who applies."""


class GrantsUndecidable(
    Conflict,
    slug="umkm-grants-undecidable",
    status=409,
    en="Not everything of the round has been looked at",
    id="Belum semua permohonan putaran ini selesai diperiksa",
):
    """`desk_review`, `field_survey` and `scoring` tell how many wait where; in scoring, for more assessors."""


class GrantBudgetExceeded(
    Conflict,
    slug="umkm-grant-budget-exceeded",
    status=409,
    en="More would be granted than the round has",
    id="Jumlah hibah melebihi anggaran atau kuota putaran",
):
    """`places` and `rupiah` that would be used, `most_places` and `budget_rupiah` that there are."""
