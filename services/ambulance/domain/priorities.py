"""What a colour means to the dispatch method: who goes first, the response time aimed at, and what lateness weighs.

The targets are the city's to set (merah 15, kuning 30, hijau 60 minutes until it does). A call without a colour, or
hitam by phone, is taken as the worst that it may be.
"""

from __future__ import annotations

from contracts.ambulance.values import IncidentClass, Triage

from .rec2 import Priority

CALL_TAKING_MINUTES, TURNOUT_MINUTES = 1.0, 1.0
"""Assumed for units at rest, as in the replay; own figures come from the reports."""

WITHOUT_SIREN = 1.25
"""Driving time to a base over the time with siren; assumed, as in the replay."""

MERAH = Priority(rank=0, target=15.0, weight=4.0)
KUNING = Priority(rank=1, target=30.0, weight=2.0)
HIJAU = Priority(rank=2, target=60.0, weight=1.0)
REGULAR = Priority(rank=3, target=60.0, weight=1.0)
OF_COLOUR = {Triage.KUNING: KUNING, Triage.HIJAU: HIJAU}


def priority_of(triage: Triage | None, incident_class: IncidentClass = IncidentClass.EMERGENCY) -> Priority:
    """The priority of an incident."""
    if incident_class is IncidentClass.REGULAR:
        return REGULAR
    return OF_COLOUR.get(triage, MERAH) if triage is not None else MERAH
