"""Deeds of a page: each a form that sends one request and shows the thing as it is then. A desk lists them as rows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from ..visit import GetVisit, Visit
from .forms import Form, filled
from .sending import receive, tried

Values = dict[str, str]
Body = Callable[[Values], dict[str, Any]]


@dataclass(frozen=True)
class Deed:
    """`name` is the end of its address; `path` the API's, with fields of the form, or `id` of the page, in braces."""

    name: str
    path: str
    body: Body = field(default=lambda values: {})
    method: str = "POST"


@dataclass(frozen=True)
class Deeds:
    """Of one page. `page` is its path with `{id}`; `show` writes the thing anew with what is said in `form`; `then`
    leads to another page instead, by the API's reply; `shown` answers with the reply itself."""

    service: str
    page: str
    show: Callable[[Visit, str, Form], Awaitable[Response]]
    then: Callable[[Visit, str, dict[str, Any]], str | None] = lambda visit, id, reply: None
    shown: Callable[[Visit, str, Deed, dict[str, Any]], Awaitable[Response | None]] | None = None

    def routes(self, deeds: Iterable[Deed], get_visit: GetVisit) -> APIRouter:
        """An address for each."""
        router = APIRouter()
        for deed in deeds:
            self._add(router, deed, get_visit)
        return router

    def _add(self, router: APIRouter, deed: Deed, get_visit: GetVisit) -> None:
        @router.post(f"{self.page}/{deed.name}", name=f"{self.service} {deed.name}")
        async def do(request: Request, visit: Visit = Depends(get_visit)) -> Response:
            (form, _), id = await receive(visit), str(request.path_params["id"])
            reply = await tried(form, self._send(visit, deed, {**form.values, "id": id}, form.key))
            if reply is None:
                return await self.show(visit, id, form)
            visit.group.touch(self.service)
            if self.shown is not None and (said := await self.shown(visit, id, deed, reply)):
                return said
            if path := self.then(visit, id, reply):
                return visit.go(path)
            if not visit.by_htmx:
                return visit.go(visit.request.url.path.removesuffix(f"/{deed.name}"))
            return await self.show(visit, id, Form(done=deed.name))

    async def _send(self, visit: Visit, deed: Deed, values: Values, key: str) -> dict[str, Any]:
        parts = {name: segment(value) for name, value in values.items()}
        path = f"/v1/{self.service}/{deed.path.format_map(_Parts(parts))}"
        body = deed.body(values)
        asked = visit.api.put(path, body) if deed.method == "PUT" else visit.api.post(path, body, key)
        reply: dict[str, Any] = await asked
        return reply


class _Parts(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "-"  # a form without the field: the API knows no such thing


def fields(*names: str) -> Body:
    """These fields, as far as they are filled in."""
    return lambda values: filled(values, *names)


def segment(value: str) -> str:
    """A part of an address; what is no id cannot lead to another address."""
    return value if value.replace("-", "").replace(":", "").isalnum() else "-"
