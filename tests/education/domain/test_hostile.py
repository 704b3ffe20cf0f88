"""Files that are no rosters are refused at once, for what they are, and in bounded memory."""

from __future__ import annotations

import io
import time
import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest

from services.education.domain.sheets import Limits, Unreadable, open_sheets
from tests.education.hostile import GOOD, HOSTILE, with_part

SECONDS, MEGABYTES = 5.0, 60


def read(content: bytes, limits: Limits | None = None) -> int:
    """All rows of all sheets."""
    return sum(1 for sheet in open_sheets(io.BytesIO(content), limits or Limits()) for _ in sheet)


@pytest.mark.parametrize(("make", "code"), [case[1:] for case in HOSTILE], ids=[case[0] for case in HOSTILE])
def test_it_is_refused_for_what_it_is(make: Callable[[], bytes], code: str) -> None:
    content = make()
    tracemalloc.start()
    began = time.monotonic()
    with pytest.raises(Unreadable) as refused:
        read(content)
    took, (_, peak) = time.monotonic() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert refused.value.code == code
    assert took < SECONDS and peak < MEGABYTES * 1e6, (took, peak)


def test_the_file_that_all_of_them_are_made_from_is_good() -> None:
    assert read(GOOD) == 39 + 6


def test_a_dense_part_that_is_small_does_no_harm() -> None:
    assert read(with_part("xl/media/x.bin", bytes(1_000_000))) == 45


@pytest.mark.parametrize("suffix", ["x", ";", "1"])
def test_a_csv_with_a_very_long_line(suffix: str) -> Any:
    try:
        assert read((suffix * 300_000).encode()) <= 1
    except Unreadable as refused:
        assert refused.code == "damaged"
