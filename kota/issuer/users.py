"""Demo users and the demo client. Their passwords are public: the issuer refuses to start in production."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

CREW = re.compile(r"^crew-([a-z0-9]+(-[a-z0-9]+)*)$")


@dataclass(frozen=True)
class User:
    """Someone who can log in; `claims` are what the token says beyond subject and roles."""

    name: str
    role: str
    units: tuple[str, ...] = ()
    purpose: str = ""
    client: str = "console"

    @property
    def password(self) -> str:
        """Easy to remember, and good for nothing outside of this machine."""
        return f"demo-{self.name}"

    @property
    def claims(self) -> dict[str, Any]:
        """Of the access token."""
        limits = {"units": list(self.units)} if self.units else {}
        return {"sub": f"demo-{self.name}", "roles": [self.role], **limits}


def crew(unit_id: str) -> User:
    """The crew of one unit: it may touch only that unit."""
    return User(f"crew-{unit_id.lower()}", "crew", (unit_id.upper(),), "milestones and positions of its own unit")


DEMO_USERS = (
    User("dispatcher", "dispatcher", purpose="triage, dispatch, follow incidents"),
    User("call-taker", "call_taker", purpose="contacts and new incidents"),
    crew("AMB-01"),
    crew("AMB-02"),
    User("fleet", "crew", ("*",), "positions and milestones of every unit: devices, imports", client="fleet"),
    User("supervisor", "ambulance_supervisor", purpose="takes back a death that was a mistake"),
    User("manager", "ambulance_manager", purpose="areas, facilities, units"),
    User("hearse-officer", "hearse_officer", purpose="bookings"),
    User("education-officer", "education_officer", purpose="death notices for schools"),
    User("umkm-officer", "umkm_officer", purpose="priority households"),
    User("auditor", "auditor", purpose="reads everything, changes nothing"),
)
SUPER_APP = User("super-app", "super_app", purpose="acts for citizens (client credentials)", client="super-app")


def find(name: str) -> User | None:
    """The user of this name; `crew-<unit id>` exists for every unit."""
    if match := CREW.match(name):
        return crew(match[1])
    return next((user for user in DEMO_USERS if user.name == name), None)


def demo_log_ins() -> list[tuple[str, str, str]]:
    """User, password, role: for the table printed at start."""
    people = [(user.name, user.password, _role(user)) for user in DEMO_USERS]
    return [*people, (SUPER_APP.name, SUPER_APP.password, "super_app (client credentials)")]


def _role(user: User) -> str:
    if not user.units:
        return user.role
    return f"{user.role} of {'every unit' if user.units == ('*',) else ', '.join(user.units)}"
