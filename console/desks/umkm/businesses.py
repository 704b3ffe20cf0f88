"""Businesses: found, registered for whoever stands at the counter, compared with KTP, papers and place."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import Response

from contracts.identity import region_name
from contracts.umkm.values import BusinessState, PermitKind, SizeBasis, SizeClass, Trade

from ...parts.deeds import Deed, Deeds, Values, fields
from ...parts.forms import Form, filled, whole
from ...parts.sending import receive, tried
from ...visit import GetVisit, Visit
from .places import kelurahan

BASE = "/v1/umkm"
OWNER = ("owner.nik", "owner.name", "owner.phone", "owner.kelurahan_code", "owner.family_card_number")
PERMIT = ("permit.kind", "permit.number", "permit.valid_until")
LISTS = {"seats": "umkm:seats", "loans": "umkm:capital", "listings": "umkm:sell"}
ASKABLE = ("open", "full")
BUSINESS = ("name", "trade", "kelurahan_code", "address", "founded_on", "nib")


def seen(values: Values) -> dict[str, Any]:
    """The version that the page showed."""
    return {"version": int(values["version"])} if values.get("version", "").isdigit() else {}


def told(*names: str) -> Any:
    """These fields, and the version that the page showed."""
    return lambda values: {**fields(*names)(values), **seen(values)}


DEEDS = (
    Deed("sahkan", "businesses/{id}/verification", seen),
    Deed("tangguhkan", "businesses/{id}/suspension", told("reason")),
    Deed("lanjutkan", "businesses/{id}/resumption", seen),
    Deed("tutup", "businesses/{id}/closure", told("reason")),
    Deed("buka", "businesses/{id}/owner/disclosure", fields("reason")),
    Deed("izin", "businesses/{id}/permits", lambda values: filled(values, *PERMIT)),
    Deed("kursi", "batches/{batch}/seats", lambda values: {"business_id": values["id"]}),
)


def routes(get_visit: GetVisit) -> APIRouter:
    """The list, the counter's form, one business."""
    router = APIRouter()

    @router.get("/usaha")
    async def page(visit: Visit = Depends(get_visit)) -> Response:
        asked = visit.request.query_params
        chosen = {name: asked.get(key, "") for name, key in (("state", "keadaan"), ("size_class", "skala"))}
        query: dict[str, Any] = {**chosen, "nib": asked.get("nib"), "cursor": asked.get("setelah")}
        found = await visit.api.get(f"{BASE}/businesses", **query, limit=50)
        shown = {"businesses": found["items"], "next": found["next"], "chosen": chosen, "nib": asked.get("nib", "")}
        states, classes = visit.options("business", BusinessState), visit.options("size", SizeClass)
        return visit.show("umkm/businesses.html", states=states, classes=classes, mark=visit.group.mark, **shown)

    @router.get("/usaha/baru")
    async def blank(visit: Visit = Depends(get_visit)) -> Response:
        return _counter(visit, Form())

    @router.post("/usaha/baru")
    async def register(visit: Visit = Depends(get_visit)) -> Response:
        form, _ = await receive(visit)
        made = await tried(form, visit.api.post(f"{BASE}/businesses", _body(form.values), form.key))
        if made is None:
            return _counter(visit, form)
        visit.group.touch("umkm")
        return visit.go(f"/umkm/usaha/{made['id']}")

    @router.get("/usaha/{business_id}")
    async def one(business_id: UUID, visit: Visit = Depends(get_visit)) -> Response:
        return await _show(visit, str(business_id), Form())

    router.include_router(Deeds("umkm", "/usaha/{id}", _show, shown=_shown).routes(DEEDS, get_visit))
    return router


def _body(values: Values) -> dict[str, Any]:
    body = filled(values, *OWNER, *BUSINESS)
    body.setdefault("owner", {})["disability"] = values.get("owner.disability") == "yes"
    basis = values.get("size.basis", SizeBasis.TURNOVER.value)
    body["size"] = {"basis": basis, "rupiah": whole(values.get("size.rupiah", "").replace(".", ""))}
    if basis == SizeBasis.TURNOVER:
        body["size"]["year"] = whole(values.get("size.year", ""))
    return body


def _counter(visit: Visit, form: Form) -> Response:
    trades, bases = visit.options("trade", Trade), visit.options("basis", SizeBasis)
    shown = {"trades": trades, "bases": bases, "places": kelurahan(), "form": form}
    template = "umkm/counter_form.html" if visit.by_htmx else "umkm/counter.html"
    return visit.show(template, form.status, **shown)


async def _shown(visit: Visit, business_id: str, deed: Deed, reply: dict[str, Any]) -> Response | None:
    """What was disclosed is shown once, here, and kept nowhere."""
    return await _show(visit, business_id, Form(), reply) if deed.name == "buka" else None


async def _show(visit: Visit, business_id: str, form: Form, disclosed: dict[str, Any] | None = None) -> Response:
    mark = visit.group.mark
    business = await visit.api.get(f"{BASE}/businesses/{business_id}")
    if visit.by_htmx:
        shown = {"business": business, "region": region_name, "disclosed": disclosed, "form": form}
        return visit.show("umkm/owner.html", form.status, **shown)
    lists = {what: await _of(visit, what, scope, business_id) for what, scope in LISTS.items()}
    coming = []
    if visit.may("umkm:register") and business["state"] == "verified":
        coming = [one async for one in visit.api.pages(f"{BASE}/batches", limit=200) if one["state"] in ASKABLE]
    kinds = visit.options("permit", PermitKind)
    shown = {"business": business, "coming": coming, "region": region_name, "disclosed": disclosed, "kinds": kinds}
    return visit.show("umkm/business.html", form.status, mark=mark, form=form, **shown, **lists)


async def _of(visit: Visit, what: str, scope: str, business_id: str) -> list[dict[str, Any]]:
    """Seats, loans or products of a business, the newest, as far as this person sees them."""
    if not visit.may(scope):
        return []
    return list((await visit.api.get(f"{BASE}/{what}", business_id=business_id, limit=20))["items"])
