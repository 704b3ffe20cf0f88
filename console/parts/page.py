"""Writing pages: templates with what every one of them needs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from . import formats
from .files import Files
from .texts import LANGUAGES, Texts

LANGUAGE_COOKIE = "bahasa"
PARTS = Path(__file__).parent


class Desk(Protocol):
    """What a page needs to know of one: see console/desks/desk.py."""

    @property
    def name(self) -> str: ...
    @property
    def folder(self) -> Path: ...
    @property
    def scopes(self) -> tuple[str, ...]: ...


class Page:
    """A desk's template is `dispatch/board.html`, a shared one `layout.html`."""

    def __init__(self, desks: Iterable[Desk], files: Files) -> None:
        self.desks, self.files = tuple(desks), files
        self.texts = Texts([PARTS, *(desk.folder for desk in self.desks)])
        folders = {desk.name: FileSystemLoader(desk.folder / "templates") for desk in self.desks}
        self._environment = Environment(
            loader=ChoiceLoader([FileSystemLoader(PARTS / "templates"), PrefixLoader(folders)]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals |= {"file": files.url, "icon": files.icon}

    @staticmethod
    def language(request: Request) -> str:
        """Indonesian, unless the person switched."""
        chosen = request.cookies.get(LANGUAGE_COOKIE, "")
        return chosen if chosen in LANGUAGES else LANGUAGES[0]

    def write(self, template: str, language: str, values: dict[str, Any]) -> str:
        """The text of a page or fragment."""
        texts = self.texts
        said = {
            "language": language,
            "_": lambda text, **given: texts.say(language, text, **given),
            "word": lambda kind, code: texts.word(language, kind, code),
            "clock": lambda value: formats.clock(value, language),
            "moment": lambda value: formats.moment(value, language),
            "day": lambda value: formats.day(value, language),
            "month_of": lambda value: formats.month(value, language),
            "rupiah": lambda value: formats.rupiah(value, language),
            "minutes": lambda value: formats.minutes(value, language),
        }
        return self._environment.get_template(template).render({**said, **values})

    def plain(self, request: Request, template: str, status: int, **values: Any) -> HTMLResponse:
        """A page for somebody who is not logged in."""
        return HTMLResponse(self.write(template, self.language(request), {"visit": None, **values}), status)

    def templates(self) -> Iterable[str]:
        """The names of all of them."""
        return self._environment.list_templates()
