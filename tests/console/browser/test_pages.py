"""Every page on three screens: nothing serious for axe-core, nothing wider than the screen, usable at 200 %."""

from __future__ import annotations

import pytest

from tests.support.api import Api
from tests.support.browser.screen import LAPTOP, PHONE, WIDE

from .conftest import Open

ZOOMED = (683, 384)
"""A laptop's screen at 200 %."""
PLACE = {"type": "Point", "coordinates": [106.65, -6.15]}


def paths(api: Api) -> list[tuple[str, str]]:
    """User and address of every page."""
    incident = api.post(
        "dispatcher", "/v1/ambulance/incidents", {"complaint": "sesak", "landmark": "depan pasar", "location": PLACE}
    )["id"]
    contact = api.post("dispatcher", "/v1/ambulance/contacts", {"complaint": "pingsan", "phone": "081200001234"})["id"]
    return [
        ("dispatcher", "/gawat-darurat"),
        ("dispatcher", "/gawat-darurat/panggilan"),
        ("dispatcher", f"/gawat-darurat/insiden/{incident}"),
        ("dispatcher", f"/gawat-darurat/kontak/{contact}"),
        ("dispatcher", "/gawat-darurat/jemputan"),
        ("dispatcher", "/gawat-darurat/usulan"),
        ("dispatcher", "/gawat-darurat/peringatan"),
        ("dispatcher", "/gawat-darurat/faskes"),
        ("dispatcher", "/gawat-darurat/unit"),
        ("dispatcher", "/tidak-ada"),
        ("hearse-crew-jnz-01", "/"),
        ("", "/keluar"),
    ]


@pytest.mark.parametrize("size", [WIDE, LAPTOP, PHONE, ZOOMED], ids=["wide", "laptop", "phone", "zoomed"])
def test_every_page(open_screen: Open, api: Api, size: tuple[int, int]) -> None:
    found: list[str] = []
    screens = {}
    for user, path in paths(api):
        if user not in screens:
            screens[user] = open_screen(user, size=size)
        screen = screens[user]
        screen.go(path)
        found += [f"{path}: {one}" for one in screen.axe()]
        found += [] if screen.fits() else [f"{path}: wider than the screen"]
    assert found == []
