"""Before anything starts: which services, which servers are given, which secrets and which ports."""

from __future__ import annotations

import os
from collections.abc import Mapping

from kota.errors import OperatorError
from kota.home import Home
from kota.ports import VARIABLE, choose_ports, wanted_ports
from kota.secrets import ensure_secrets
from kota.services import discover
from kota.state import State, read_state
from kota.steps import Steps
from kota.suite import Suite, given_servers


def plan(home: Home, steps: Steps, environment: Mapping[str, str] = os.environ) -> Suite:
    """Draw missing secrets, choose ports, and say which ports had to move."""
    if environment.get("KOTA_ENV") == "production":
        raise OperatorError(
            "`kota up` is for one machine's trial and development.",
            "In production run each process under your own supervisor; see docs/operations.md.",
        )
    services = discover(home.checkout)
    given = given_servers(environment, services)
    secrets = ensure_secrets(home.secrets_file, services)
    wanted = wanted_ports(services, read_state(home).ports, any_free=bool(environment.get(VARIABLE)))
    ports = choose_ports(wanted)
    for name, (usual, chosen) in ports.moved.items():
        steps.tell(f"Port {usual} ({name}) is taken: using {chosen}, also the next time")
    return Suite(home, services, ports.chosen, secrets, given)


def state_of(suite: Suite, started_at: str) -> State:
    """What other commands need to know of this run."""
    return State(dict(suite.ports), dict(suite.given), suite.services, started_at)
