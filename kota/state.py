"""What a run leaves on disk for other commands: its ports, the servers it was given, its supervisor."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace

from kota.home import Home
from kota.private_files import write_private
from kota.processes import Identity


@dataclass(frozen=True)
class State:
    """The contents of run/state.json; private, since a given address may hold a password."""

    ports: dict[str, int] = field(default_factory=dict)
    given: dict[str, str] = field(default_factory=dict)
    services: tuple[str, ...] = ()
    started_at: str = ""
    supervisor: Identity | None = None

    def is_running(self) -> bool:
        """True while this very run's supervisor lives."""
        return self.supervisor is not None and self.supervisor.process() is not None

    def stopped(self) -> State:
        """The same installation, not running: ports are remembered."""
        return replace(self, supervisor=None, started_at="")


def read_state(home: Home) -> State:
    """The state on disk, or an empty one."""
    if not home.state_file.exists():
        return State()
    raw = json.loads(home.state_file.read_text())
    supervisor = Identity(**raw.pop("supervisor")) if raw.get("supervisor") else None
    return State(**(raw | {"services": tuple(raw["services"]), "supervisor": supervisor}))


def write_state(home: Home, state: State) -> None:
    """Replace the state on disk."""
    write_private(home.state_file, json.dumps(asdict(state), indent=1) + "\n")
