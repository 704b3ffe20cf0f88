"""The ambulance service's own refusals."""

from __future__ import annotations

from ..problems import Conflict


class UnitTaken(
    Conflict, slug="ambulance-unit-taken", status=409, en="The unit is already assigned", id="Unit sudah ditugaskan"
):
    """Another dispatcher was first. `winner` names the assignment and incident, `next_best` the next unit to send."""


class UnitNotAvailable(
    Conflict, slug="ambulance-unit-not-available", status=409, en="The unit is not available", id="Unit tidak tersedia"
):
    """Off duty, out of service, or of a type that may not take this incident."""


class ContactClaimed(
    Conflict,
    slug="ambulance-contact-claimed",
    status=409,
    en="Another operator has the contact",
    id="Kontak sedang ditangani operator lain",
):
    """`claimed_by` and `free_at` say who has it and until when."""


class WrongState(
    Conflict,
    slug="ambulance-wrong-state",
    status=409,
    en="The state does not allow this step",
    id="Status tidak memungkinkan langkah ini",
):
    """`state` is the present state, `allowed` the steps that are possible from it."""


class PickupNotNear(
    Conflict, slug="ambulance-pickup-not-near", status=409, en="The pick-up is not near", id="Penjemputan belum dekat"
):
    """A unit that is sent now would be away for hours. `begins_at` says when a planned one is sent."""


class ConfigurationChanged(
    Conflict,
    slug="ambulance-configuration-changed",
    status=409,
    en="The configuration has been changed meanwhile",
    id="Konfigurasi sudah diubah sementara itu",
):
    """`version` is the present version of the group: look at it before you change it."""


class TransportSettled(
    Conflict,
    slug="ambulance-body-transport-settled",
    status=409,
    en="It is settled otherwise already",
    id="Sudah diselesaikan dengan cara lain",
):
    """`outcome` says how."""


class PlaceMissing(
    Conflict,
    slug="ambulance-place-missing",
    status=409,
    en="The incident has no place yet",
    id="Lokasi kejadian belum ada",
):
    """A unit can be sent only to a place: pin a point, or give a kelurahan with a landmark."""
