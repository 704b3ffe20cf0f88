"""Which outcome an incident may be closed with, given its patients' outcomes."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.ambulance.values import Outcome

from .patient import Patient
from .refusals import wrong_state

NOT_SERVED = (Outcome.CANCELLED, Outcome.UNFOUNDED, Outcome.HANDED_OVER)
"""How an incident can end of which no patient's outcome is known: nobody was treated by us."""

PRECEDENCE = (
    Outcome.TRANSPORTED,
    Outcome.DECEASED,
    Outcome.TREATED_ON_SCENE,
    Outcome.HANDED_OVER,
    Outcome.CANCELLED,
    Outcome.UNFOUNDED,
)
"""With several patients the incident takes the first of these that any patient has: transported if any was
transported, else deceased if any died, and so on. Each patient keeps their own outcome; reports count
patients."""


def refuse_unfitting(outcome: Outcome, patients: Sequence[Patient], state: str, steps: Sequence[str]) -> None:
    """Raise WrongState with the outcomes that are possible, and the patients that still have none."""
    possible = closing_outcomes(patients)
    if outcome not in possible:
        raise wrong_state(
            "close",
            state,
            steps,
            f"{outcome} does not fit the patients' outcomes",
            f"{outcome} tidak sesuai dengan hasil pasien",
            possible_outcomes=[str(fitting) for fitting in possible],
            patients_without_outcome=[patient.number for patient in patients if patient.outcome is None],
        )


def closing_outcomes(patients: Sequence[Patient]) -> tuple[Outcome, ...]:
    """The outcomes possible now. Empty while some patients have an outcome, or a death report, and others do
    not."""
    outcomes = {patient.outcome for patient in patients if patient.outcome is not None}
    if patients and all(patient.outcome is not None for patient in patients):
        return (next(outcome for outcome in PRECEDENCE if outcome in outcomes),)
    if outcomes or any(patient.death is not None for patient in patients):
        return ()
    return NOT_SERVED
