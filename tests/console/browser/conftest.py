"""A browser for the run, screens for a test, and the running suite behind them."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.support.api import Api
from tests.support.browser.screen import LAPTOP, PICTURES, Screen, launch, screen
from tests.support.city import busy_night, import_city, several_areas
from tests.support.suite import Installation

Open = Callable[..., Screen]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One process for these tests; each screen has a profile of its own. It must be gone when they are over: while it
    runs, its library's event loop counts as running, and no asynchronous test can have one."""
    with sync_playwright() as playwright:
        made = launch(playwright)
        yield made
        made.close()


@pytest.fixture(scope="package")
def running(shared_suite: Installation) -> Installation:
    """With a small city."""
    with shared_suite.api() as api:
        import_city(api)
        if os.environ.get(PICTURES):
            api.post("manager", "/v1/ambulance/imports/areas", {"areas": several_areas()})
            busy_night(api)
    return shared_suite


@pytest.fixture
def api(running: Installation) -> Iterator[Api]:
    """The public API, for what others do meanwhile."""
    with running.api() as made:
        yield made


@pytest.fixture
def free_unit(api: Api) -> str:
    """A unit that nobody else has sent away: near where the tests of the desk take their calls."""
    name = f"UJI-{secrets.randbelow(10**6):06d}"
    unit = {"id": name, "type": "bls", "base": {"type": "Point", "coordinates": [106.65, -6.15]}}
    api.post("manager", "/v1/ambulance/imports/units", {"units": [unit]})
    api.put("fleet", f"/v1/ambulance/units/{name}/status", {"state": "available"})
    return name


@pytest.fixture
def open_screen(browser: Browser, running: Installation) -> Iterator[Open]:
    """Opens screens; at the end none of them may have seen a fault of a script."""
    made: list[Screen] = []
    with ExitStack() as stack:

        def new(user: str = "", path: str = "/", size: tuple[int, int] = LAPTOP, language: str = "id") -> Screen:
            one = stack.enter_context(screen(browser, running.suite, size, language))
            made.append(one)
            if user:
                one.log_in(user, path)
            return one

        yield new
        faults = [fault for one in made for fault in one.faults]
    assert faults == []
