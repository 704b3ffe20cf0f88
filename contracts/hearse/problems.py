"""The hearse service's own refusals."""

from __future__ import annotations

from ..problems import Conflict


class BookingWrongState(
    Conflict,
    slug="hearse-wrong-state",
    status=409,
    en="The state does not allow this step",
    id="Status tidak memungkinkan langkah ini",
):
    """`state` is the present state, `allowed` the states from which the step is possible."""


class SlotTaken(
    Conflict,
    slug="hearse-slot-taken",
    status=409,
    en="The vehicle or an officer is taken at that time",
    id="Kendaraan atau petugas sudah terpakai pada waktu itu",
):
    """`taken` names them; `next_slots` are the next three times at which all that is needed is free."""


class VehicleNotInService(
    Conflict,
    slug="hearse-vehicle-not-in-service",
    status=409,
    en="The vehicle is not in service",
    id="Kendaraan tidak beroperasi",
):
    """`next_slots` are the next three times at which another one is free."""


class TripsPlanned(
    Conflict,
    slug="hearse-trips-planned",
    status=409,
    en="Trips are planned at that time",
    id="Ada perjalanan yang sudah direncanakan pada waktu itu",
):
    """`bookings` names them: move them with hearse.propose_moves and hearse.apply_moves."""


class BlockedAlready(
    Conflict,
    slug="hearse-blocked-already",
    status=409,
    en="It is blocked at that time already",
    id="Sudah diblokir pada waktu itu",
):
    """`blocks` names the blocks: lift them first, or choose a time beside them."""


class NotAffected(
    Conflict,
    slug="hearse-not-affected",
    status=409,
    en="A booking is not affected, or no longer",
    id="Ada pesanan yang tidak atau tidak lagi terdampak",
):
    """`bookings` names them: ask hearse.propose_moves again."""


class OverrideNeeded(
    Conflict,
    slug="hearse-override-needed",
    status=409,
    en="Only a supervisor may decide this, with a reason",
    id="Hanya penyelia yang dapat memutuskan ini, dengan alasan",
):
    """`rules` names what stands against it: city_reserve, second_officer or off_duty."""


class PapersMissing(
    Conflict, slug="hearse-papers-missing", status=409, en="Papers are missing", id="Berkas belum lengkap"
):
    """`documents` names those that can't follow."""


class DeathRecordedOtherwise(
    Conflict,
    slug="hearse-death-recorded-otherwise",
    status=409,
    en="The death is already recorded otherwise",
    id="Kematian sudah dicatat dengan data lain",
):
    """Correct it first; a supervisor does."""


class BurialHourTaken(
    Conflict,
    slug="hearse-burial-hour-taken",
    status=409,
    en="The cemetery does not bury at that time",
    id="Pemakaman tidak melayani pada waktu itu",
):
    """`why` is closed, notice or full; `next_slots` are the next three times that fit."""


class BookingOnHold(
    Conflict,
    slug="hearse-booking-on-hold",
    status=409,
    en="The booking is on hold until its dispute is settled",
    id="Pesanan ditunda sampai sengketanya selesai",
):
    """The responsible person decides, never the system."""
