"""Garbage collection at the start of a process: not while modules are imported, and never again among them.

Importing makes a great many objects that stay as long as the process, and no garbage: looking for it meanwhile is a
tenth of a start. Whoever spares it must end with `collect_from_here`, or the process never collects.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


def spare_imports() -> None:
    """Collect nothing for now. Only for the program itself: who imports a program as a module collects as before."""
    gc.disable()


@contextmanager
def without_collecting() -> Iterator[None]:
    """Many rows at once, and no garbage among them that it would be worth looking for again and again."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def collect_from_here() -> None:
    """Collect from now on, leaving out what is there already."""
    gc.freeze()
    gc.enable()
