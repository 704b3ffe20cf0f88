"""What a person sees when something is refused, does not answer, or their session has ended."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response

from .api import ApiProblem, Unreachable
from .parts.page import Page
from .visit import NotLoggedIn, NotOurForm, Visit


def add_handlers(app: FastAPI, page: Page) -> None:
    """Of all desks; what belongs to a field of a form is shown there by the desk itself."""

    async def not_logged_in(request: Request, _: Exception) -> Response:
        if "hx-request" not in request.headers and request.method == "GET":
            return RedirectResponse(f"/masuk?ke={quote(_address(request), safe='/')}", 303)
        # The form stays as it is behind the word that asks to log in again.
        return _notice(request, page, "session_ended.html", 401, {})

    async def not_our_form(request: Request, _: Exception) -> Response:
        return _notice(request, page, "not_our_form.html", 403, {})

    async def problem(request: Request, error: Exception) -> Response:
        assert isinstance(error, ApiProblem)
        if error.status == 401:
            return await not_logged_in(request, error)
        return _notice(request, page, "problem.html", error.status, {"problem": error})

    async def unreachable(request: Request, error: Exception) -> Response:
        assert isinstance(error, Unreachable)
        return _notice(request, page, "unreachable.html", 503, {"service": error.service, "deed": _is_deed(request)})

    async def fault(request: Request, _: Exception) -> Response:
        return _notice(request, page, "fault.html", 500, {})

    async def refused(request: Request, error: Exception) -> Response:
        status = getattr(error, "status_code", 404)
        return _notice(request, page, "not_found.html", status, {})

    app.add_exception_handler(NotLoggedIn, not_logged_in)
    app.add_exception_handler(NotOurForm, not_our_form)
    app.add_exception_handler(ApiProblem, problem)
    app.add_exception_handler(Unreachable, unreachable)
    app.add_exception_handler(HTTPException, refused)
    app.add_exception_handler(Exception, fault)  # and it is logged at the edge


def _notice(request: Request, page: Page, template: str, status: int, values: dict[str, Any]) -> Response:
    """As a page, or as a notice in the page that is open: a part that could not be read says so in its own place."""
    visit: Visit | None = getattr(request.state, "visit", None)
    said = {"visit": visit, "whole": "hx-request" not in request.headers, **values}
    response = HTMLResponse(page.write(f"notices/{template}", page.language(request), said), status)
    if not said["whole"]:
        # A list that cannot be renewed stays as it was, under the word that it is old.
        kept = status in (502, 503, 504) and not _is_deed(request)
        response.headers["HX-Retarget"] = "#notice"
        response.headers["HX-Reswap"] = "none" if kept else "innerHTML"
    return visit.reply(response) if visit else response


def _is_deed(request: Request) -> bool:
    return request.method not in ("GET", "HEAD")


def _address(request: Request) -> str:
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")
