"""The city as the API shows it: units put on duty, and facilities with their state."""

from __future__ import annotations

from dataclasses import dataclass, field

from contracts.ambulance.values import FacilityState
from kota.errors import OperatorError

from .http import Client
from .spots import LonLat, metres

BASE = "/v1/ambulance"
READER, MOST = "auditor", 200


def crew_of(unit_id: str) -> str:
    """The demo user of a unit's crew."""
    return f"crew-{unit_id.lower()}"


@dataclass
class Hospital:
    id: str
    location: LonLat
    state: str


@dataclass
class City:
    """`units` maps each unit to its base."""

    units: dict[str, LonLat]
    hospitals: list[Hospital] = field(default_factory=list)

    def nearest_open(self, spot: LonLat) -> Hospital:
        """Where to take a patient: the nearest that is open, else the nearest (nobody may refuse an emergency)."""
        ready = [hospital for hospital in self.hospitals if hospital.state == FacilityState.OPEN]
        return min(ready or self.hospitals, key=lambda hospital: metres(hospital.location, spot))

    def seconds_to_hospital(self, spot: LonLat, speed: float) -> float:
        """How long it takes at `speed` metres per second, streets being longer than the bird's way."""
        return 1.3 * metres(self.nearest_open(spot).location, spot) / speed


async def look(client: Client) -> City:
    """Read the master data. Raises OperatorError when there is none."""
    facilities = await _all(client, "facilities")
    units = await _all(client, "units")
    if not facilities or not units:
        raise OperatorError(
            "The city has no units or no facilities yet.",
            "Import them: `kota import areas FILE.geojson`, then `kota import facilities FILE.csv`.",
        )
    hospitals = [
        Hospital(one["id"], tuple(one["location"]["coordinates"]), one["state"])
        for one in facilities
        if one["type"] == "hospital" or one["emergency_24h"]
    ]
    return City({unit["id"]: tuple(unit["base"]["coordinates"]) for unit in units}, hospitals)


async def go_on_duty(client: Client, city: City) -> None:
    """Every crew reports for duty. Raises OperatorError if one is refused."""
    for unit_id in city.units:
        path, user = f"{BASE}/units/{unit_id}/status", crew_of(unit_id)
        reply = await client.call("set_unit_status", "PUT", path, user, json={"state": "available"})
        if not reply.ok:
            raise OperatorError(f"{unit_id} can't go on duty: {reply.status} {reply.problem}.", "See `kota status`.")


async def _all(client: Client, what: str) -> list[dict]:  # type: ignore[type-arg]
    items: list[dict] = []  # type: ignore[type-arg]
    cursor = None
    while True:
        reply = await client.get(f"list_{what}", f"{BASE}/{what}", READER, limit=MOST, cursor=cursor)
        if not reply.ok:
            raise OperatorError(f"The {what} can't be read: {reply.status} {reply.problem}.", "See `kota status`.")
        items += reply.data["items"]
        cursor = reply.data.get("next")
        if cursor is None:
            return items
