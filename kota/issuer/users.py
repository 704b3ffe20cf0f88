"""Demo users and the demo client. Their passwords are public: the issuer refuses to start in production."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

SCHOOL = re.compile(r"^school-([0-9]{8})$")
CONSOLE = "console"
CREW = re.compile(r"^(hearse-)?crew-([a-z0-9]+(-[a-z0-9]+)*)$")


@dataclass(frozen=True)
class User:
    """Someone who can log in; `claims` are what the token says beyond subject and roles."""

    name: str
    role: str
    units: tuple[str, ...] = ()
    purpose: str = ""
    client: str = CONSOLE
    facilities: tuple[str, ...] = ()
    npsn: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        """As it is shown to the person: `hearse-officer` is called Hearse Officer."""
        return self.name.replace("-", " ").title()

    @property
    def password(self) -> str:
        """Easy to remember, and good for nothing outside of this machine."""
        return f"demo-{self.name}"

    @property
    def claims(self) -> dict[str, Any]:
        """Of the access token."""
        limits = {name: list(rows) for name in ("units", "facilities", "npsn") if (rows := getattr(self, name))}
        return {"sub": f"demo-{self.name}", "roles": [self.role], **limits}


def crew(unit_id: str) -> User:
    """The crew of one unit: it may touch only that unit."""
    return User(f"crew-{unit_id.lower()}", "crew", (unit_id.upper(),), "milestones and positions of its own unit")


def hearse_crew(vehicle_id: str) -> User:
    """The crew of one hearse."""
    return User(f"hearse-crew-{vehicle_id.lower()}", "hearse_crew", (vehicle_id.upper(),), "trips of its hearse")


def school_operator(npsn: str) -> User:
    """The operator of one school."""
    return User(
        f"school-{npsn}",
        "school_operator",
        npsn=(npsn,),
        purpose="rosters, pupils, claims of its school",
    )


DEMO_USERS = (
    User("dispatcher", "dispatcher", purpose="triage, dispatch, follow incidents"),
    User("call-taker", "call_taker", purpose="contacts and new incidents"),
    crew("AMB-01"),
    crew("AMB-02"),
    User("fleet", "crew", ("*",), "positions and milestones of every unit: devices, imports", client="fleet"),
    User("supervisor", "ambulance_supervisor", purpose="takes back a death that was a mistake"),
    User("manager", "ambulance_manager", purpose="areas, facilities, units"),
    User("hearse-officer", "hearse_officer", purpose="bookings, plans, trips of the hearses"),
    User("hearse-supervisor", "hearse_supervisor", purpose="overrides rules with a reason, settles disputes"),
    User("hearse-manager", "hearse_manager", purpose="vehicles, officers, burial places"),
    hearse_crew("JNZ-01"),
    User("morgue", "facility_staff", facilities=("RS-CONTOH-1",), purpose="books for those who lie at its hospital"),
    User("education-officer", "education_officer", purpose="rosters, pupils, applications and claims of every school"),
    User("education-treasurer", "education_treasurer", purpose="drafts payments, sends them to the bank"),
    User("education-manager", "education_manager", purpose="schools, rules, budgets; approves payments"),
    school_operator("99000001"),
    User("umkm-officer", "umkm_officer", purpose="businesses, trainings, bazaars; groups that borrow"),
    User("umkm-surveyor", "umkm_officer", purpose="visits businesses"),
    User("umkm-assessor", "umkm_assessor", purpose="scores products and grants"),
    User("umkm-assessor-2", "umkm_assessor", purpose="scores products and grants"),
    User("umkm-manager", "umkm_manager", purpose="decides on products, corrects results, sets the terms of loans"),
    User("bank-analyst", "bank_analyst", purpose="the partner bank: checks credit, pays out, sends its files"),
    User("auditor", "auditor", purpose="reads everything, changes nothing"),
)
SUPER_APP = User("super-app", "super_app", purpose="acts for citizens (client credentials)", client="super-app")


def find(name: str) -> User | None:
    """The user of this name; `crew-<unit id>`, `hearse-crew-<vehicle id>` and `school-<npsn>` exist for every one."""
    if match := CREW.match(name):
        return hearse_crew(match[2]) if match[1] else crew(match[2])
    if match := SCHOOL.match(name):
        return school_operator(match[1])
    return next((user for user in DEMO_USERS if user.name == name), None)


def demo_log_ins() -> list[tuple[str, str, str]]:
    """User, password, role: for the table printed at start."""
    people = [(user.name, user.password, _role(user)) for user in DEMO_USERS]
    return [*people, (SUPER_APP.name, SUPER_APP.password, "super_app (client credentials)")]


def _role(user: User) -> str:
    if places := user.facilities or user.npsn:
        return f"{user.role} of {', '.join(places)}"
    if not user.units:
        return user.role
    return f"{user.role} of {'every unit' if user.units == ('*',) else ', '.join(user.units)}"
