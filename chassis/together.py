"""Several messages in one transaction: what they change is committed at once, each with its own inbox and audit row.

A commit costs the same for one message as for ten. One that fails takes the others back with it; then each is tried by
itself, so that a poison message never takes its neighbours down.
"""

from __future__ import annotations

from . import tables
from .inbox import Claim
from .statement import Write
from .work import Cause, UnauditedChange, Work


class JointWork(Work):
    """The unit of work that the handlers of several messages share, one after the other."""

    _checked = True
    _told = False

    def turn_to(self, cause: Cause, claim: Claim) -> None:
        """What comes now belongs to this message."""
        self.cause, self._claim, self._checked = cause, claim, False
        self._changed = self._audited = self._emitted = False

    def commit(self, reply: bytes | None = None) -> None:
        """The message has been handled; it waits for the others."""
        if (self._changed or self._emitted) and not self._audited:
            raise UnauditedChange(f"{self.cause.action} changed state without an audit row")
        self._do_last()
        assert self._claim is not None, "turned to a message"
        row = self._claim.row(self.now, reply, self.cipher)
        # Whoever applies the same message elsewhere must meet this row, not a unique column of the handler's.
        self._writes.add(Write("insert", tables.inbox, (), row), first=True)
        self._told = self._told or self._emitted

    def finish(self) -> None:
        """Make everything true at once. Raises whatever went wrong with any of them: then nothing of it is."""
        self._claim, self._emitted, self._audited = None, self._told, True
        super().commit()

    def _begin(self) -> None:
        claim, self._claim = self._claim, None
        super()._begin()
        self._claim = claim
        if not self._checked and claim is not None:
            self._checked = True
            claim.check(self._cursor())
