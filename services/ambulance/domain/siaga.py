"""Siaga mode auto: which incidents get a unit without an operator's word.

The colour and the place decide, and nothing else: what the centre thinks of a caller must not hold up a red call.
"""

from __future__ import annotations

from contracts.ambulance.values import IncidentState, Triage

from .incident import Incident


def awaits_unit(incident: Incident) -> bool:
    """True if it is red, has a place and no unit has reached it. Whether one is on its way is for the caller to ask."""
    waits = incident.state in (IncidentState.TRIAGED, IncidentState.DISPATCHING)
    return waits and incident.triage is Triage.MERAH and incident.place.known
