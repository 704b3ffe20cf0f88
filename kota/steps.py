"""Showing progress: one line per step, with a spinner while it runs and its time when done."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console


class Steps:
    """Prints the steps of a longer command."""

    def __init__(self, console: Console) -> None:
        self.console = console

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        """Show `title` while the block runs; mark it done or failed."""
        begin = time.monotonic()
        with self.console.status(title):
            try:
                yield
            except BaseException:
                self.console.print(f"[red]✗[/] {title}")
                raise
        self.console.print(f"[green]✓[/] {title} [dim]{time.monotonic() - begin:.1f} s[/]")

    def tell(self, text: str) -> None:
        """A remark between steps."""
        self.console.print(f"[yellow]![/] {text}")
