"""Who of an incident's patients has been cared for: a unit that took one of two has not served the other."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.ambulance.values import AssignmentState

from .assignment import Assignment
from .patient import Patient


def left_behind(patients: Sequence[Patient], assignments: Sequence[Assignment]) -> list[Patient]:
    """The patients without an outcome whom none of the finished units took.

    A crew need not say whom it takes: a unit that names nobody counts for one patient. Whoever was thought dead and is
    not needs a unit again, whatever came before. With units still at work nobody is left behind yet.
    """
    if any(one.active for one in assignments):
        return []
    finished = {one.id for one in assignments if one.state is AssignmentState.COMPLETED}
    unnamed = [patient for patient in patients if patient.assignment_id not in finished]
    alive_again = [one for one in unnamed if one.outcome is None and one.confirmations]
    others = [one for one in unnamed if one not in alive_again]
    undecided = [one for one in others if one.outcome is None]
    silent = len(finished - {patient.assignment_id for patient in patients})
    taken = max(0, silent - (len(others) - len(undecided)))
    return alive_again + undecided[taken:]
