"""The gateway hangs, dies or its reply is lost: the screen says so, catches up, and nothing is sent twice."""

from __future__ import annotations

import signal
import uuid

from playwright.sync_api import Route

from tests.support.api import Api
from tests.support.browser.screen import Screen
from tests.support.suite import Installation
from tests.support.waiting import until

from .conftest import Open

PLACE = {"type": "Point", "coordinates": [106.65, -6.15]}


def told(api: Api, complaint: str) -> int:
    """How many contacts say so."""
    items = api.get("dispatcher", "/v1/ambulance/contacts?limit=100")["items"]
    return sum(one["complaint"] == complaint for one in items)


def write_call(screen: Screen) -> str:
    complaint = f"setengah jadi {uuid.uuid4()}"
    screen.go("/gawat-darurat/panggilan")
    screen.page.fill("#complaint", complaint)
    screen.page.fill("#location", "-6.15, 106.65")
    return complaint


def test_a_feed_that_hangs_is_shown_as_stale_and_catches_up(open_screen: Open, running: Installation, api: Api) -> None:
    screen = open_screen("dispatcher")
    page = screen.page
    screen.wait_live()
    incident = api.post("dispatcher", "/v1/ambulance/incidents", {"complaint": "x", "location": PLACE})["id"]
    page.wait_for_selector(f"#incident-{incident}")
    running.signal("gateway", signal.SIGSTOP)
    try:
        page.wait_for_selector("#stale:not([hidden])")
        assert "Tidak langsung" in page.inner_text("#stale") and "Tidak langsung" in page.inner_text("#live")
        with page.expect_response("**/daftar/insiden", timeout=20_000) as refused:
            page.evaluate("htmx.trigger(document.getElementById('list-incidents'), 'live')")
        assert refused.value.status == 503
        assert page.locator(
            f"#incident-{incident}"
        ).is_visible()  # what was known is kept, under the word that it is old
    finally:
        running.signal("gateway", signal.SIGCONT)
    api.post("dispatcher", f"/v1/ambulance/incidents/{incident}/triage", {"triage": "merah"})
    page.wait_for_selector(f"#incident-{incident} .colour-merah")
    page.wait_for_selector("#stale", state="hidden")


def test_a_half_written_call_survives_a_reload_and_a_dead_gateway(
    open_screen: Open, running: Installation, api: Api
) -> None:
    screen = open_screen("dispatcher")
    page = screen.page
    complaint = write_call(screen)
    page.reload()
    assert page.input_value("#complaint") == complaint
    stopped = running.signal("gateway", signal.SIGSTOP)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#call .notice:has-text('Belum terkirim')", timeout=20_000)
    assert page.input_value("#complaint") == complaint
    running.signal("gateway", signal.SIGKILL)
    until(lambda: running.pid("gateway") not in (0, stopped) and running.is_well(), "the gateway to be back", limit=40)
    page.click("[data-submit]")
    page.wait_for_url("**/insiden/*")
    assert told(api, complaint) == 1
    screen.go("/gawat-darurat/panggilan")
    assert page.input_value("#complaint") == ""  # a draft that was sent is gone


def test_a_deed_whose_reply_was_lost_is_done_once(open_screen: Open, api: Api) -> None:
    screen = open_screen("dispatcher")
    page = screen.page
    complaint = write_call(screen)

    def lose(route: Route) -> None:
        assert route.fetch(max_redirects=0).status == 200
        route.abort()

    page.route("**/gawat-darurat/panggilan", lose, times=1)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#notice .notice:has-text('Belum terkirim')")
    assert told(api, complaint) == 1
    page.reload()  # the draft has the same key
    page.click("[data-submit]")
    page.wait_for_url("**/insiden/*")
    assert told(api, complaint) == 1


def test_two_presses_are_one_deed(open_screen: Open, api: Api) -> None:
    screen = open_screen("dispatcher")
    complaint = write_call(screen)
    screen.page.dblclick("[data-submit]")
    screen.page.wait_for_url("**/insiden/*")
    assert told(api, complaint) == 1


def test_a_killed_console_is_shown_as_stale_and_nobody_logs_in_again(
    open_screen: Open, running: Installation, api: Api
) -> None:
    screen = open_screen("dispatcher")
    page = screen.page
    screen.wait_live()
    running.signal("console", signal.SIGSTOP)
    page.wait_for_selector("#stale:not([hidden])")
    running.signal("console", signal.SIGKILL)
    incident = api.post("dispatcher", "/v1/ambulance/incidents", {"complaint": "x", "location": PLACE})["id"]
    page.wait_for_selector(f"#incident-{incident}", timeout=30_000)  # what happened meanwhile
    page.wait_for_selector("#stale", state="hidden")
