"""The names of the clocks. They stand in databases: never change one."""

from __future__ import annotations

FORGET, EXPIRE, NUMBERS_DUE = "roster-forget", "roster-expire", "numbers-due"
FORGET_EVALUATION = "evaluation-forget"
SWEEP_ANSWERS = "bank-answers-sweep"
