"""Which unit may take which incident, and in what words it is refused."""

from __future__ import annotations

from contracts.ambulance.problems import UnitNotAvailable
from contracts.ambulance.values import IncidentClass, Triage, UnitState, UnitType

from .unit import Unit

LIFE_SUPPORT = frozenset({UnitType.BLS, UnitType.ALS})
_DETAIL_ID = {
    "off_duty": "unit sedang tidak bertugas",
    "out_of_service": "unit tidak laik jalan",
    "wrong_type": "kejadian ini memerlukan unit dengan bantuan hidup (BLS atau ALS)",
}
REASON_TEXT = {
    "off_duty": "the crew is off duty",
    "out_of_service": "the unit is out of service",
    "wrong_type": "the incident needs a unit with life support (BLS or ALS)",
}


def may_take(type: UnitType, incident_class: IncidentClass, triage: Triage | None) -> bool:
    """An emergency needs life support unless it is hijau; without a colour the worst is assumed, and a hitam
    by phone is not certain. A regular request takes any unit."""
    return type in LIFE_SUPPORT or incident_class is IncidentClass.REGULAR or triage is Triage.HIJAU


def obstacle(unit: Unit, incident_class: IncidentClass, triage: Triage | None) -> str | None:
    """Why the unit itself can't be sent: out_of_service, off_duty or wrong_type; None if it can."""
    if unit.state is UnitState.OUT_OF_SERVICE:
        return "out_of_service"
    if unit.state is not UnitState.AVAILABLE:
        return "off_duty"
    return None if may_take(unit.type, incident_class, triage) else "wrong_type"


def require_dispatchable(unit: Unit, incident_class: IncidentClass, triage: Triage | None) -> None:
    """Raise UnitNotAvailable with the reason. A stale or far position is the dispatcher's to judge and does
    not refuse; that the unit is committed elsewhere is the store's to find, under its unique index."""
    _refuse(unit, obstacle(unit, incident_class, triage))


def require_on_duty(unit: Unit) -> None:
    """Raise UnitNotAvailable with the reason, whatever it may be sent to."""
    _refuse(unit, obstacle(unit, IncidentClass.REGULAR, None))


def _refuse(unit: Unit, reason: str | None) -> None:
    if reason is not None:
        raise UnitNotAvailable(REASON_TEXT[reason], detail_id=_DETAIL_ID[reason], unit_id=unit.id, reason=reason)
