"""What is known of a broker that is asked again and again whether it does its work."""

from __future__ import annotations

import time

BEAT_SECONDS = 2.0
ANSWER_SECONDS = 3.0
STALE_SECONDS = 8.0
GIVE_UP_AFTER = 2
"""Beats without an answer in a row after which every connection is taken for dead: it may be open on our side only."""
BLOCKED = "takes no messages: it is blocked (disk or memory alarm), frozen, or cut off"


class Beats:
    """The last answers. `reason` says what is wrong, in a word for operators; empty when all is well."""

    def __init__(self) -> None:
        self.wrong, self._answered_at, self._missed = "not asked yet", time.monotonic(), 0

    @property
    def reason(self) -> str:
        """Why the broker can't be relied on at this moment."""
        silent = time.monotonic() - self._answered_at
        if not self.wrong and silent > STALE_SECONDS:
            return f"no answer for {silent:.0f} s"
        return self.wrong

    def answered(self) -> None:
        """All is well."""
        self.wrong, self._missed, self._answered_at = "", 0, time.monotonic()

    def missed(self, wrong: str) -> bool:
        """No answer came; True when it is time to give up every connection."""
        self.wrong, self._missed = wrong, self._missed + 1
        return self._missed == GIVE_UP_AFTER

    def away(self, wrong: str) -> None:
        """There is nothing to ask: no connection, or a broker that is not supported."""
        self.wrong, self._missed = wrong, 0
