"""What is known of a broker that is asked again and again whether it does its work."""

from __future__ import annotations

import time

BEAT_SECONDS = 2.0
ANSWER_SECONDS = 3.0
STALE_SECONDS = 8.0
FIRST_SECONDS = 10.0
"""A process that starts is given so long to find its broker, before it is called ready without."""
GIVE_UP_AFTER = 2
"""Beats without an answer in a row after which every connection is taken for dead: it may be open on our side only."""
BLOCKED = "takes no messages: it is blocked (disk or memory alarm), frozen, or cut off"


class Beats:
    """The last answers. `reason` says what is wrong, in a word for operators; empty when all is well."""

    def __init__(self) -> None:
        self.wrong, self._answered_at, self._missed = "not asked yet", time.monotonic(), 0
        self._began_at, self._ever, self.unusable = self._answered_at, False, False

    @property
    def reason(self) -> str:
        """Why the broker can't be relied on at this moment."""
        silent = time.monotonic() - self._answered_at
        if not self.wrong and silent > STALE_SECONDS:
            return f"no answer for {silent:.0f} s"
        return self.wrong

    @property
    def dispensable(self) -> bool:
        """True if what needs no broker may go on without: it is away. Not while it may still be coming up with us, nor
        when it is there and does not let us in, which time will not mend."""
        waited = self._ever or time.monotonic() - self._began_at > FIRST_SECONDS
        return waited and not self.unusable

    def answered(self) -> None:
        """All is well."""
        self.wrong, self._missed, self._answered_at = "", 0, time.monotonic()
        self._ever, self.unusable = True, False

    def missed(self, wrong: str) -> bool:
        """No answer came; True when it is time to give up every connection."""
        self.wrong, self._missed, self.unusable = wrong, self._missed + 1, False
        return self._missed == GIVE_UP_AFTER

    def away(self, wrong: str, *, unusable: bool = False) -> None:
        """There is nothing to ask: no connection, or one that is `unusable`: not supported, or we are not let in."""
        self.wrong, self._missed, self.unusable = wrong, 0, unusable
