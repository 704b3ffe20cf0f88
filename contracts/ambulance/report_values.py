"""What reports are by, and what is timed in them."""

from __future__ import annotations

from enum import StrEnum


class Measure(StrEnum):
    """What is timed, in seconds. A regular request is counted from its pick-up time, an emergency from the call.

    call_to_dispatch  the call until the first unit was sent     turnout    sent until it drove off
    response          the call until the first unit was there    travel     drove off until it was there
    scene             there until the patient was on board       transport  until the hospital
    hand_over         at the hospital until it had taken over    total      the call until handed over, or done
    """

    CALL_TO_DISPATCH = "call_to_dispatch"
    TURNOUT = "turnout"
    TRAVEL = "travel"
    RESPONSE = "response"
    SCENE = "scene"
    TRANSPORT = "transport"
    HAND_OVER = "hand_over"
    TOTAL = "total"


class ReportBy(StrEnum):
    """By what times are reported."""

    CLASS = "class"
    TRIAGE = "triage"
    KECAMATAN = "kecamatan"
    HOUR = "hour"
    BASE = "base"


class ContactsBy(StrEnum):
    """By what contacts are counted."""

    DAY = "day"
    MONTH = "month"
    HOUR = "hour"
    CHANNEL = "channel"


class CoverageBy(StrEnum):
    """By what coverage is averaged."""

    DAY = "day"
    HOUR = "hour"
