"""Hearse bookings."""

from __future__ import annotations

from contracts.hearse import GetBooking, ListBookings

from ..table import Route

ROUTES = (
    Route("GET", "/v1/hearse/bookings", ListBookings),
    Route("GET", "/v1/hearse/bookings/{booking_id}", GetBooking),
)
