"""The names of the durable clocks, as they stand in the timer table: a name that is in use never changes."""

HOLD_ENDED = "trip-hold-ended"
ARRIVAL_DUE = "trip-arrival-due"
END_DUE = "trip-end-due"
APPROVAL_DUE = "booking-approval-due"
KIN_DUE = "booking-next-of-kin-due"
VEHICLE_CHECK = "booking-vehicle-check"
EXPIRY = "booking-expiry"
RETENTION = "booking-retention"

OF_TRIP = (HOLD_ENDED, ARRIVAL_DUE, END_DUE)
OF_BOOKING = (APPROVAL_DUE, KIN_DUE, VEHICLE_CHECK, EXPIRY)
