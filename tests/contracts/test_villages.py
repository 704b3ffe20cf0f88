"""Names of kelurahan and desa: the library's, without its 20 MB."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest

from contracts.identity import region_name, regions_within

MEASURED = """
import tracemalloc
import contracts.identity
tracemalloc.start()
assert contracts.identity.region_name("36.71.01.1001") == "Sukarasa"
print(tracemalloc.get_traced_memory()[0])
"""


def some(code: str, level: int = 1) -> Iterator[tuple[str, str]]:
    """The first and the last region below each of the first and last regions, down to the villages."""
    below = regions_within(code)
    ends = below if level == 1 else below[:1] + below[-1:]
    for each, name in ends:
        if level == 4:
            yield each, name
        else:
            yield from some(each, level + 1)


def test_the_names_are_those_of_the_table() -> None:
    known = dict(some(""))
    for kecamatan, _ in regions_within("36.71"):
        known |= dict(regions_within(kecamatan))
    assert len(known) > 300
    assert {code: region_name(code) for code in known} == known


@pytest.mark.parametrize("code", ["36.71.01.1999", "99.99.99.9999", '":"', "36.71.01.100", ""])
def test_what_is_no_place_has_no_name(code: str) -> None:
    assert region_name(code) is None


def test_one_name_does_not_bring_them_all_into_memory() -> None:
    done = subprocess.run([sys.executable, "-c", MEASURED], capture_output=True, text=True, timeout=60, check=True)
    assert int(done.stdout) < 6_000_000
