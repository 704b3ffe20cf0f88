"""The names of the clocks. They stand in databases: never change one."""

from __future__ import annotations

FORGET, EXPIRE = "roster-forget", "roster-expire"
