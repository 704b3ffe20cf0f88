"""Months: who had a waiver and was at the school; then the claim for what is confirmed."""

from __future__ import annotations

from datetime import date
from typing import Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from contracts.education.waiver_values import Programme

from ...parts.deeds import segment
from ...parts.forms import Form, filled
from ...parts.sending import receive, tried
from ...visit import GetVisit, Visit
from .which import BASE, head, today

MONTHS = 12


def routes(get_visit: GetVisit) -> APIRouter:
    """The page, confirming a month, claiming."""
    router = APIRouter()

    @router.get("/bulan")
    async def page(visit: Visit = Depends(get_visit)) -> Response:
        return await _show(visit, Form())

    @router.post("/bulan/konfirmasi")
    async def confirm(visit: Visit = Depends(get_visit)) -> Response:
        form, sent = await receive(visit)
        there = {str(one) for one in sent.getlist("there")}
        listed = [str(one) for one in sent.getlist("listed")]
        body = {**filled(form.values, "programme", "month"), "absent": [one for one in listed if one not in there]}
        return await _send(visit, form, f"{BASE}/schools/{segment(form.value('npsn'))}/months", body)

    @router.post("/bulan/klaim")
    async def claim(visit: Visit = Depends(get_visit)) -> Response:
        form, _ = await receive(visit)
        body = filled(form.values, "npsn", "programme", "first_month", "last_month")
        return await _send(visit, form, f"{BASE}/claims", body)

    return router


async def _send(visit: Visit, form: Form, path: str, body: dict[str, Any]) -> Response:
    if await tried(form, visit.api.post(path, body, form.key)) is None:
        return await _show(visit, form)
    visit.group.touch("education")
    programme, month = form.value("programme", Programme.BOP), form.value("month") or form.value("last_month")
    return visit.go(f"/sekolah/bulan?programme={programme}&month={month}&npsn={form.value('npsn')}")


async def _show(visit: Visit, form: Form) -> Response:
    about, asked = await head(visit), visit.request.query_params
    programme = form.value("programme") or asked.get("programme") or Programme.BOP.value
    month = form.value("month") or asked.get("month") or _past(today())[0]
    waivers, confirmed, claims = [], [], []
    if npsn := about["npsn"]:
        query = {"npsn": npsn, "programme": programme}
        waivers = [one async for one in visit.api.pages(f"{BASE}/waivers", **query, state="active", limit=200)]
        path = f"{BASE}/schools/{npsn}/months"
        confirmed = [one async for one in visit.api.pages(path, programme=programme, month=month, limit=200)]
        claims = (await visit.api.get(f"{BASE}/claims", **query, limit=20))["items"]
    done = {one["pupil_id"] for one in confirmed}
    return visit.show(
        "school/months.html",
        form.status,
        programme=programme,
        programmes=visit.options("programme", Programme),
        month=month,
        months=_past(today()),
        open=[one for one in waivers if one["pupil_id"] not in done and _covers(one, month)],
        confirmed=confirmed,
        claims=claims,
        form=form,
        **about,
    )


def _past(day: date) -> list[str]:
    """The months that are over, the newest first, as the API writes them."""
    found = []
    year, month = day.year, day.month
    for _ in range(MONTHS):
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        found.append(f"{year}-{month:02d}-01")
    return found


def _covers(waiver: dict[str, Any], month: str) -> bool:
    """True if the 15th of the month lies in the waiver."""
    return bool(waiver["starts_on"] <= f"{month[:7]}-15" <= waiver["ends_on"])
