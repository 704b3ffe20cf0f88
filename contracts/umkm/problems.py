"""The UMKM service's own refusals."""

from __future__ import annotations

from ..problems import Conflict


class BusinessWrongState(
    Conflict,
    slug="umkm-business-wrong-state",
    status=409,
    en="The business's state does not allow this step",
    id="Status usaha tidak memungkinkan langkah ini",
):
    """`state` is the present state, `allowed` the states from which the step is possible."""


class NibTaken(
    Conflict,
    slug="umkm-nib-taken",
    status=409,
    en="Another business has this NIB",
    id="NIB ini sudah dipakai usaha lain",
):
    """One NIB belongs to one business: compare it with the OSS paper."""


class BusinessKnown(
    Conflict,
    slug="umkm-business-known",
    status=409,
    en="This owner has a business of this name already",
    id="Pemilik ini sudah mempunyai usaha dengan nama ini",
):
    """`business_id` names it."""


class OwnerKnown(
    Conflict,
    slug="umkm-owner-known",
    status=409,
    en="This NIK is registered already",
    id="NIK ini sudah terdaftar",
):
    """With another account or telephone number: the office can put it right with the KTP at hand."""


class PermitTaken(
    Conflict,
    slug="umkm-permit-taken",
    status=409,
    en="Another business has this permit",
    id="Izin ini sudah dipakai usaha lain",
):
    """Compare its number with the paper."""


class PurposeNeeded(
    Conflict,
    slug="umkm-purpose-needed",
    status=422,
    en="Say what the owner's data are needed for",
    id="Sebutkan untuk apa data pemilik diperlukan",
):
    """Send the header X-Purpose."""


class NotVerified(
    Conflict,
    slug="umkm-business-not-verified",
    status=409,
    en="The business is not verified",
    id="Usaha ini belum terverifikasi",
):
    """`state` is its state: the office compares the papers first."""


class BatchWrongState(
    Conflict,
    slug="umkm-batch-wrong-state",
    status=409,
    en="The batch's state does not allow this step",
    id="Status angkatan tidak memungkinkan langkah ini",
):
    """`state` is the present state, `allowed` the states from which the step is possible."""


class RegistrationClosed(
    Conflict,
    slug="umkm-registration-closed",
    status=409,
    en="Registration for this batch is not open",
    id="Pendaftaran angkatan ini tidak dibuka",
):
    """`state` of the batch; `opens_at` and `closes_at` tell when it is."""


class SeatAsked(
    Conflict,
    slug="umkm-seat-asked",
    status=409,
    en="This owner has asked for a seat in this batch already",
    id="Pemilik ini sudah meminta kursi di angkatan ini",
):
    """`seat_id` names it, `state` says how it stands."""


class SeatWrongState(
    Conflict,
    slug="umkm-seat-wrong-state",
    status=409,
    en="The seat's state does not allow this step",
    id="Status kursi tidak memungkinkan langkah ini",
):
    """`state` is the present state, `allowed` the states from which the step is possible."""


class NotForThisBusiness(
    Conflict,
    slug="umkm-not-for-this-business",
    status=409,
    en="The batch is not for this business",
    id="Angkatan ini bukan untuk usaha ini",
):
    """`why`: size_class (with `classes`), or resident (the owner's KTP is of another place)."""


class SessionNotBegun(
    Conflict,
    slug="umkm-session-not-begun",
    status=409,
    en="The session has not begun",
    id="Sesi ini belum dimulai",
):
    """`begins_at` tells when it does."""


class ResultsIncomplete(
    Conflict,
    slug="umkm-results-incomplete",
    status=409,
    en="Some results are missing or can't be",
    id="Beberapa hasil kurang atau tidak mungkin",
):
    """`missing`: numbers of seats without a result; `absent`: who never came; `too_few`: passed with too few sessions;
    `sessions`: those without an attendance list."""


class ListingWrongState(
    Conflict,
    slug="umkm-listing-wrong-state",
    status=409,
    en="The listing's state does not allow this step",
    id="Status produk tidak memungkinkan langkah ini",
):
    """`state` is the present state, `allowed` the states from which the step is possible."""


class ListingIncomplete(
    Conflict,
    slug="umkm-listing-incomplete",
    status=409,
    en="The listing lacks something that shoppers or the law need",
    id="Produk ini belum lengkap",
):
    """`missing`: photo, description, price, nib, pirt_or_bpom, bpom; permit: one that it names has expired."""


class TooManyPhotos(
    Conflict,
    slug="umkm-too-many-photos",
    status=409,
    en="The listing has as many photos as it can have",
    id="Foto produk ini sudah mencapai batas",
):
    """Remove one first."""


class AssessmentsMissing(
    Conflict,
    slug="umkm-assessments-missing",
    status=409,
    en="Not all assessors have scored",
    id="Belum semua penilai memberi nilai",
):
    """`given` of `needed`."""


class AlreadyAssessed(
    Conflict,
    slug="umkm-already-assessed",
    status=409,
    en="You have scored this already",
    id="Anda sudah memberi nilai",
):
    """Scores stay as they were given; enough of others may have been given, too."""


class AssessorDecides(
    Conflict,
    slug="umkm-assessor-decides",
    status=409,
    en="Who has scored does not decide",
    id="Penilai tidak memutuskan",
):
    """Somebody else has to."""
