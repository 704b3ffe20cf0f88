"""What the capital programme measures."""

from __future__ import annotations

from prometheus_client import Gauge

LINES_WAITING = Gauge(
    "kota_umkm_bank_line_waiting_seconds", "Since when the oldest line of the bank's files waits for a person."
)
CHECKS_OVERDUE = Gauge("kota_umkm_capital_checks_overdue", "Groups that office or bank should have checked by now")
