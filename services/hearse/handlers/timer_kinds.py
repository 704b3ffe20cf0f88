"""The names of the durable clocks, as they stand in the timer table: a name that is in use never changes."""

HOLD_ENDED = "trip-hold-ended"
