"""What the office is measured by while somebody waits for it (docs/operations.md)."""

from __future__ import annotations

from prometheus_client import Gauge

BANK_WAITING = Gauge(
    "kota_education_bank_waiting_seconds", "Age of the oldest exported batch that the bank has not answered, 0 for none"
)
CORRECTION_WAITING = Gauge(
    "kota_education_correction_waiting_seconds",
    "Age of the oldest correction asked for and not answered, 0 for none",
)
