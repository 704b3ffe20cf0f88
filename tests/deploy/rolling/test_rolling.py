"""A service is changed under load: nobody is refused, nothing is lost, nothing happens twice."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.deploy.rolling.load import Load
from tests.support.broker import Vhost
from tests.support.checkout import copy_checkout, run_module
from tests.support.databases import count, select
from tests.support.processes import ServiceProcess
from tests.support.waiting import until

HEAD = 'revision = "ambulance_{0}"\ndown_revision = "ambulance_{1}"\nbranch_labels = None\ndepends_on = None\n'
EXPAND = """
    op.add_column("contact", sa.Column("remark", sa.Text, nullable=False, server_default=""))
    op.execute("UPDATE contact SET remark = channel")
    op.create_index("ix_contact_remark", "contact", ["remark"])
"""
CONTRACT = """
    op.drop_column("contact", "remark")
"""
SOME = 40


def newest(root: Path) -> str:
    """The number of the newest migration."""
    return max(file.name[:4] for file in (root / "services/ambulance/migrations/versions").glob("*.py"))


def add_migration(root: Path, number: str, after: str, body: str) -> None:
    """A migration of a version to come."""
    text = f'"""To come."""\n\nimport sqlalchemy as sa\nfrom alembic import op\n\n{HEAD.format(number, after)}\n\n'
    text += f"def upgrade() -> None:{body}"
    (root / f"services/ambulance/migrations/versions/{number}_to_come.py").write_text(text)


@pytest.fixture
def start(database: Callable[[str], str], vhost: Vhost, tmp_path: Path) -> Iterator[Callable[[Path], ServiceProcess]]:
    """Starts a process from a checkout."""
    made: list[ServiceProcess] = []

    def new(root: Path) -> ServiceProcess:
        log = tmp_path / f"log-{len(made)}"
        made.append(ServiceProcess("ambulance", database("ambulance"), vhost.uri("ambulance"), log, {}, root))
        made[-1].start()
        return made[-1]

    yield new
    for process in made:
        process.end()


def leave(process: ServiceProcess) -> None:
    """As an orchestrator asks it to."""
    process.signal(signal.SIGTERM)
    assert process.wait() == 0, process.text()[-2000:]


def test_expand_migrate_contract_under_load(
    start: Callable[[Path], ServiceProcess], database: Callable[[str], str], vhost: Vhost, tmp_path: Path
) -> None:
    url = database("ambulance")
    old, new = copy_checkout(tmp_path / "old", "ambulance"), copy_checkout(tmp_path / "new", "ambulance")

    def migrate() -> None:
        done = run_module(new, "chassis.migrate", "ambulance", DATABASE_URL_AMBULANCE=url)
        assert done.returncode == 0, done.stderr

    before = [start(old), start(old)]
    with Load(vhost) as load:

        def more() -> None:
            wanted = len(load.answered) + SOME
            until(lambda: len(load.answered) >= wanted or load.wrong, "more answers", limit=60)

        more()
        add_migration(new, "9998", newest(old), EXPAND)
        migrate()
        more()  # the old code, by itself, on the new schema
        after = [start(new)]
        leave(before[0])
        more()  # old and new side by side
        after.append(start(new))
        leave(before[1])
        add_migration(new, "9999", "9998", CONTRACT)
        migrate()
        more()  # the new code while what only the old schema had goes
        leave(after[0])
        more()
    assert load.wrong == [] and len(set(load.answered.values())) == len(load.answered)
    assert count(url, "contact") == len(load.answered)
    assert {str(row[0]) for row in select(url, "SELECT id FROM contact")} == set(load.answered.values())
    recorded = "outbox WHERE type = 'ambulance.contact-recorded.v1'"
    assert count(url, recorded) == len(load.answered)
    until(lambda: count(url, f"{recorded} AND published_at IS NULL") == 0, "every event to be published", limit=30)


def test_a_migration_that_locks_old_code_out_would_be_seen(
    start: Callable[[Path], ServiceProcess], database: Callable[[str], str], vhost: Vhost, tmp_path: Path
) -> None:
    """The same with a change that is no expansion: the old code fails, and the load tells."""
    url = database("ambulance")
    root = copy_checkout(tmp_path / "old", "ambulance")
    start(root)
    with Load(vhost, callers=1) as load:
        until(lambda: len(load.answered) > 3, "some answers")
        select(url, "ALTER TABLE contact RENAME COLUMN channel TO medium")
        until(lambda: load.wrong, "a failure", limit=30)


def test_a_release_that_is_taken_back_leaves_the_schema_alone(database: Callable[[str], str], tmp_path: Path) -> None:
    """Its migration runs again with every roll-out, also with one that goes back."""
    url, new = database("ambulance"), copy_checkout(tmp_path / "new", "ambulance")
    add_migration(new, "9998", newest(new), EXPAND)
    for root, told in ((new, ""), (copy_checkout(tmp_path / "old", "ambulance"), "newer than this code")):
        done = run_module(root, "chassis.migrate", "ambulance", DATABASE_URL_AMBULANCE=url)
        assert done.returncode == 0 and told in done.stdout, done.stderr
        assert select(url, "SELECT version_num FROM alembic_version") == [("ambulance_9998",)]
