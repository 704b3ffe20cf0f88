"""The names of the jobs. They stand in databases: never change one."""

from __future__ import annotations

BANK_FILE = "bank-file"
