"""What a service takes for its newest schema is what Alembic takes for it."""

from __future__ import annotations

import pytest
from alembic.script import ScriptDirectory

import contracts
from chassis.migrate import history_config
from chassis.schema import _revisions, histories, lacking


@pytest.mark.parametrize("service", contracts.services())
def test_heads_are_those_of_alembic(service: str) -> None:
    for version_table, versions in histories(service):
        script = ScriptDirectory.from_config(history_config("postgresql://", version_table, versions))
        assert _revisions(versions)[-1] == script.get_current_head()
        assert len(_revisions(versions)) == len(list(script.walk_revisions()))


def test_a_database_without_any_table_lacks_everything() -> None:
    assert lacking(lambda _: None, "hearse").startswith("schema too old: at nothing, needs chassis_")
