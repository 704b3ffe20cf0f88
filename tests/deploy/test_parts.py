"""Which locked packages each part gets: found by its imports, two versions of one package included."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kota.parts import OPERATOR, all_parts
from kota.parts.__main__ import main
from kota.parts.closure import NotInstalled, distributions
from kota.parts.imports import foreign_modules, import_graph
from kota.parts.locks import LOCKS, locked, wanted
from tests.support.processes import ROOT

FORKED = """\
deprecated==1.3.1 ; python_full_version < '3.12' \\
    --hash=sha256:aa
    # via limits
deprecated==3.0.1 ; python_full_version >= '3.12' \\
    --hash=sha256:bb
    # via limits
wrapt==2.0 \\
    --hash=sha256:cc
"""


def test_every_service_is_a_part() -> None:
    folders = {path.parent.name for path in (ROOT / "services").glob("*/service.py")}
    assert set(all_parts()) == folders | {"gateway", "console", OPERATOR}


def test_a_package_locked_in_two_versions_is_taken_in_both() -> None:
    entries = locked(FORKED)
    assert entries["deprecated"].count("deprecated==") == 2 and "# via" not in entries["deprecated"]
    assert entries["wrapt"] == "wrapt==2.0 \\\n    --hash=sha256:cc\n"


def test_imports_of_imports_and_those_inside_functions_count() -> None:
    modules = foreign_modules(import_graph(), ["services.umkm"])
    assert {"reportlab", "PIL", "xlsxwriter", "fsspec"} <= modules
    assert not {"fastapi", "nameko_grpc", "os", "contracts"} & modules


def test_extras_and_what_packages_need_in_turn_are_taken() -> None:
    needed = distributions(["psycopg", "limits"], wanted())
    assert {"psycopg", "psycopg-binary", "limits", "wrapt"} <= needed and "nameko" not in needed


def test_a_module_that_nothing_provides_is_named() -> None:
    with pytest.raises(NotInstalled, match="no_such_module"):
        distributions(["no_such_module"], wanted())


def test_what_stands_in_a_lock_stands_in_the_whole_one() -> None:
    whole = locked((ROOT / "requirements.lock").read_text())
    for file in (ROOT / LOCKS).glob("*.lock"):
        for name, text in locked(file.read_text()).items():
            assert whole[name] == text, file.name


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What the generator reads."""
    for name in ("requirements.in", "requirements.lock"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / LOCKS, tmp_path / LOCKS)
    for folder in ("services", "contracts"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    return tmp_path


def test_a_stale_a_missing_and_a_left_over_lock_are_named(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"], checkout) == 0
    folder = checkout / LOCKS
    (folder / "hearse.lock").write_text("")
    (folder / "umkm.lock").unlink()
    (folder / "gone.lock").write_text("")
    assert main(["--check"], checkout) == 1
    told = capsys.readouterr().err
    assert [name for name in ("gone", "hearse", "umkm", "gateway") if f"{name}.lock is stale" in told] == [
        "gone",
        "hearse",
        "umkm",
    ]
    assert main([], checkout) == 0 and main(["--check"], checkout) == 0
