"""The map as data: boundaries, units, facilities and open incidents. No tiles of anybody else are needed."""

from __future__ import annotations

import hashlib
from typing import Any

import orjson
from fastapi import APIRouter, Depends
from starlette.responses import Response

from ...visit import Visit
from ..desk import GetVisit
from . import reading
from .reading import BASE

BOUNDARY_SECONDS = 600.0
FACILITY_SECONDS = 60.0
NOW_SECONDS = 2.0
TOPICS = (*reading.INCIDENT_TOPICS, *reading.UNIT_TOPICS, "ambulance.facility")


def routes(get_visit: GetVisit) -> APIRouter:
    """Two addresses that the page's script reads."""
    router = APIRouter()

    @router.get("/peta/batas.json")
    async def boundaries(visit: Visit = Depends(get_visit)) -> Response:
        body = await visit.group.shared("boundaries", (), lambda: _boundaries(visit), BOUNDARY_SECONDS)
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        headers = {"ETag": tag, "Cache-Control": "private, max-age=600"}
        if visit.request.headers.get("if-none-match") == tag:
            return visit.reply(Response(status_code=304, headers=headers))
        return visit.reply(Response(body, headers=headers, media_type="application/geo+json"))

    @router.get("/peta/kini.json")
    async def now(visit: Visit = Depends(get_visit)) -> Response:
        body = await visit.group.shared(("map", visit.language), TOPICS, lambda: _now(visit), NOW_SECONDS)
        return visit.reply(Response(body, media_type="application/json"))

    return router


async def _now(visit: Visit) -> bytes:
    placed = [one for one in await reading.open_incidents(visit) if one.get("location")]
    body = {
        "units": [_unit(visit, one) for one in await reading.units(visit)],
        "facilities": [_facility(visit, one) for one in await facilities(visit)],
        "incidents": [_incident(visit, one) for one in placed],
    }
    return orjson.dumps(body)


async def facilities(visit: Visit) -> list[dict[str, Any]]:
    """Hospitals and puskesmas, by name."""

    async def ask() -> list[dict[str, Any]]:
        found = [one async for one in visit.api.pages(f"{BASE}/facilities", limit=200)]
        return sorted(found, key=lambda one: str(one["name"]))

    return await visit.group.shared("facilities", ("ambulance.facility",), ask, FACILITY_SECONDS)


async def _boundaries(visit: Visit) -> bytes:
    features = [
        {
            "type": "Feature",
            "properties": {"code": one["code"], "name": one["name"], "kecamatan": one["kecamatan"]},
            "geometry": {"type": "MultiPolygon", "coordinates": one["polygons"]},
        }
        async for one in visit.api.pages(f"{BASE}/boundaries", limit=50)
    ]
    return orjson.dumps({"type": "FeatureCollection", "features": features})


def _unit(visit: Visit, unit: dict[str, Any]) -> dict[str, Any]:
    place = unit.get("location") or unit["base"]
    state = visit.page.texts.word(visit.language, "unit", unit["state"])
    return {"id": unit["id"], "at": place["coordinates"], "state": unit["state"], "text": f"{unit['id']} · {state}"}


def _facility(visit: Visit, facility: dict[str, Any]) -> dict[str, Any]:
    state = visit.page.texts.word(visit.language, "facility", facility["state"])
    return {
        "id": facility["id"],
        "at": facility["location"]["coordinates"],
        "state": facility["state"],
        "text": f"{facility['name']} · {state}",
    }


def _incident(visit: Visit, incident: dict[str, Any]) -> dict[str, Any]:
    word = visit.page.texts.word
    colour, kind = incident.get("triage"), word(visit.language, "kind", incident["kind"])
    said = f"{word(visit.language, 'triage', colour or 'none')} · {kind}"
    return {
        "id": incident["id"],
        "at": incident["location"]["coordinates"],
        "triage": colour or "none",
        "text": said,
        "waits": not incident["active"],
    }
