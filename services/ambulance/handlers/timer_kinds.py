"""The names of the durable clocks, as they stand in the timer table: a name that is in use never changes."""

UNACKNOWLEDGED = "assignment-unacknowledged"
NOT_MOVING = "assignment-not-moving"
STATUS = "assignment-status"
RECEIPT = "hand-over-receipt"
PICKUP_LOST = "pickup-lost"
PLAN_DUE = "plan-due"
FACILITY_ANSWER = "facility-answer"
RIDE_SERIES = "ride-series"
OVER_TARGET = "incident-over-target"
UNASSIGNED = "incident-regular-unassigned"
NOT_CLOSED = "incident-not-closed"
AUTO_DISPATCH = "incident-auto-dispatch"
CALL_BACK = "contact-call-back"
PARTITIONS = "position-partitions"
LEARN_SPEEDS = "learn-speeds"
COVERAGE = "coverage-sample"

OF_ASSIGNMENT = (UNACKNOWLEDGED, NOT_MOVING, STATUS, FACILITY_ANSWER)
OF_INCIDENT = (OVER_TARGET, UNASSIGNED, AUTO_DISPATCH, NOT_CLOSED, PICKUP_LOST, RECEIPT)
