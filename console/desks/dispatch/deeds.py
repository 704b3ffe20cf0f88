"""What is done to one incident: each a form that sends one request and shows the incident as it is then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import Response

from ...api import ApiProblem, Unreachable
from ...parts.forms import filled, point, typed
from ...visit import Visit, form_of, key_of
from ..desk import GetVisit
from .reading import BASE

Values = dict[str, str]
Body = Callable[[Values], dict[str, Any]]
PATH = "/gawat-darurat/insiden"


@dataclass(frozen=True)
class Deed:
    """`name` is the end of its address; `path` is the API's, with fields of the form in braces."""

    name: str
    method: str
    path: str
    body: Body


def fields(*names: str) -> Body:
    """These fields, as far as they are filled in."""
    return lambda values: filled(values, *names)


def _answers(values: Values) -> dict[str, Any]:
    """The protocol's questions that were answered; `answer-breathing` is `yes` or `no`."""
    given = {name[7:]: value == "yes" for name, value in values.items() if name.startswith("answer-") and value}
    return {"answers": given}


def _closure(values: Values) -> dict[str, Any]:
    return filled(values, "outcome", "reason", "duplicate_of", "handed_over_to")


DEEDS = (
    Deed("kirim", "POST", "incidents/{incident}/assignments", fields("unit_id", "facility_id")),
    Deed("rencana", "POST", "incidents/{incident}/plans", fields("unit_id")),
    Deed("batal-rencana", "POST", "plans/{plan}/cancellation", fields("reason")),
    Deed("warna", "POST", "incidents/{incident}/triage", fields("triage")),
    Deed("jawaban", "POST", "incidents/{incident}/triage", _answers),
    Deed("tempat", "PUT", "incidents/{incident}/location", lambda v: {**filled(v, "landmark"), **point(v)}),
    Deed("tutup", "POST", "incidents/{incident}/closure", _closure),
    Deed("tonggak", "POST", "assignments/{assignment}/milestones", fields("milestone", "facility_id")),
    Deed("lepas", "POST", "assignments/{assignment}/release", fields("reason")),
    Deed("penolakan", "POST", "assignments/{assignment}/refusals", fields("facility_id", "reason")),
    Deed("hasil", "POST", "incidents/{incident}/patients/{patient}/outcome", fields("outcome", "facility_id")),
)


def routes(get_visit: GetVisit, show: Callable[..., Any]) -> APIRouter:
    """An address for each; `show` writes the incident after it."""
    router = APIRouter()

    def add(deed: Deed) -> None:
        @router.post(f"/insiden/{{incident_id}}/{deed.name}", name=f"incident {deed.name}")
        async def do(incident_id: UUID, visit: Visit = Depends(get_visit)) -> Response:
            return await _do(visit, incident_id, deed, show)

    for deed in DEEDS:
        add(deed)
    return router


async def _do(visit: Visit, incident_id: UUID, deed: Deed, show: Callable[..., Any]) -> Response:
    form = await form_of(visit)
    values, key = typed(form), key_of(form)
    said: dict[str, Any] = {"done": True}
    status = 200
    try:
        await _send(visit, deed, {**values, "incident": str(incident_id)}, key)
    except ApiProblem as problem:
        if problem.status in (401, 403):
            raise
        said, status = {"problem": problem}, problem.status
    except Unreachable:
        said, status = {"unsent": True}, 503
    visit.group.touch("ambulance")
    if not visit.by_htmx and status == 200:
        return visit.go(f"{PATH}/{incident_id}")
    shown: Response = await show(visit, incident_id, status, **said)
    return shown


async def _send(visit: Visit, deed: Deed, values: Values, key: str) -> None:
    parts = {name: values.get(name, "") for name in ("incident", "assignment", "plan", "patient")}
    path = f"{BASE}/{deed.path.format(**{name: _segment(value) for name, value in parts.items()})}"
    body = deed.body(values)
    if deed.method == "PUT":
        await visit.api.put(path, body)
    else:
        await visit.api.post(path, body, key)


def _segment(value: str) -> str:
    """A part of an address; what is no id of ours cannot lead to another address."""
    return value if value.replace("-", "").isalnum() else "-"
