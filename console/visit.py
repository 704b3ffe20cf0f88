"""One request of a person who is logged in: who, in which language, with which way to the API."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from .api import Api, Gateway
from .live.hub import Group, Hub
from .parts.page import Page
from .parts.paths import safe_path
from .parts.written import Written
from .session.door import Door
from .session.session import Session

GetVisit = Callable[[Request], Awaitable["Visit"]]
FORM_FIELD, FORM_HEADER = "_form", "x-form-token"
KEY_FIELD, FROM_FIELD = "_key", "_from"


class NotLoggedIn(Exception):
    """Nobody, or somebody whose session has ended."""


class NotOurForm(Exception):
    """A deed that did not come from a page that we gave to this person."""


@dataclass
class Visit:
    """What handlers get."""

    request: Request
    session: Session
    language: str
    api: Api
    group: Group
    page: Page
    door: Door
    renewed: bool = False
    came_from: str = ""
    """The page whose form this is: a page that shows it again, with what was wrong, is still that page."""

    @property
    def form_token(self) -> str:
        """For the forms of the page."""
        return self.door.form_token(self.session)

    @property
    def address(self) -> str:
        """The page's own address, to come back to."""
        url = self.request.url
        return self.came_from or url.path + (f"?{url.query}" if url.query else "")

    @property
    def desks(self) -> list[Any]:
        """The desks that this person has."""
        return [desk for desk in self.page.desks if self.may(*desk.scopes)]

    @property
    def by_htmx(self) -> bool:
        """True if a part of a page is wanted."""
        return "hx-request" in self.request.headers

    def may(self, *scopes: str) -> bool:
        """True if one of these was granted: for showing only what will work."""
        return self.session.may(*scopes)

    def say(self, text: str, **values: object) -> str:
        """A text in the person's language."""
        return self.page.texts.say(self.language, text, **values)

    def options(self, kind: str, codes: Iterable[str]) -> list[tuple[str, str]]:
        """Codes of the API with their words, for a choice."""
        return [(str(code), self.page.texts.word(self.language, kind, code)) for code in codes]

    def write(self, template: str, **values: Any) -> str:
        """A fragment."""
        return self.page.write(template, self.language, {"visit": self, "new_key": lambda: str(uuid4()), **values})

    def show(self, template: str, status: int = 200, **values: Any) -> Response:
        """A page or fragment as the reply."""
        return self.reply(HTMLResponse(self.write(template, **values), status))

    async def shared(
        self, template: str, topics: tuple[str, ...], seconds: float, ask: Callable[[], Awaitable[dict[str, Any]]]
    ) -> Written:
        """A fragment that is the same for all of the group, written anew after a change and after so many seconds:
        its template knows nothing of a person."""

        async def write() -> Written:
            return Written.of(self.page.write(template, self.language, {"visit": None, **await ask()}))

        return await self.group.shared((template, self.language), topics, write, seconds)

    def go(self, path: str) -> Response:
        """To another page, after a deed."""
        if self.by_htmx:
            return self.reply(Response(headers={"HX-Redirect": path}))
        return self.reply(Response(status_code=303, headers={"Location": path}))

    def reply(self, response: Response) -> Response:
        """The reply, with the cookie if the session was renewed."""
        if self.renewed:
            self.door.enter(self.request, response, self.session)
        return response


async def visit_of(request: Request, door: Door, gateway: Gateway, page: Page, hub: Hub) -> Visit:
    """Raises NotLoggedIn."""
    session, renewed = await door.session(request)
    if session is None:
        raise NotLoggedIn
    language = page.language(request)
    api = gateway.of(session.access, language)
    return Visit(request, session, language, api, hub.group(session), page, door, renewed)


async def form_of(visit: Visit) -> FormData:
    """The form of a deed. Raises NotOurForm unless it came from a page of this person's."""
    request = visit.request
    form = await request.form(max_files=5, max_fields=500)
    sent = request.headers.get(FORM_HEADER) or str(form.get(FORM_FIELD, ""))
    elsewhere = request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")
    if elsewhere or not visit.door.is_form_token(visit.session, sent):
        raise NotOurForm
    visit.came_from = safe_path(str(form.get(FROM_FIELD, "")), "")
    return form


def key_of(form: FormData) -> str:
    """The Idempotency-Key that was made when the form was opened. Raises NotOurForm for a form without one."""
    try:
        return str(UUID(str(form.get(KEY_FIELD, ""))))
    except ValueError:
        raise NotOurForm from None
