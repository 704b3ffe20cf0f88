"""Errors the operator can act on: each says what is wrong and what to do."""

from __future__ import annotations


class OperatorError(Exception):
    """A problem to show to the operator without a stack trace.

    `problem` says what is wrong, `fix` what to do about it.
    """

    def __init__(self, problem: str, fix: str = "") -> None:
        super().__init__(f"{problem} {fix}".strip())
        self.problem = problem
        self.fix = fix
