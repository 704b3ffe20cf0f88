"""An MSME office on a fresh, migrated database."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from chassis.runtime import Runtime
from chassis.storage import VARIABLE
from services.umkm.handlers.shop import WORDS

from .office import Office


@pytest.fixture
def office(runtime: Callable[[str], Runtime], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """No businesses, no batches, no files."""
    monkeypatch.setenv(VARIABLE, tmp_path.as_uri())
    WORDS.forget()  # the words of another test's market
    return Office(runtime("umkm"))
