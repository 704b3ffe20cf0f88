"""The names of the clocks. They stand in databases: never change one."""

from __future__ import annotations

BATCH_OPEN, HEAD_START, BATCH_START, OFFER_ENDS = "batch-open", "batch-head-start", "batch-start", "seat-offer-ends"
WAIVER_ENDS = "waiver-ends"
CHECK_DUE = "capital-check-due"
PERMIT_WARNS, PERMIT_ENDS, SWEEP_PHOTOS = "permit-warns", "permit-ends", "sweep-photos"
