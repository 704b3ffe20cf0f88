"""What holds on every page: sessions, rights, scripts in texts, languages."""

from __future__ import annotations

import uuid

import httpx
import pytest

from tests.support.api import Api
from tests.support.suite import Installation

from .conftest import Open

SCRIPT = "<script>window.bad = 1</script><img src=x onerror='window.bad = 2'>"


def test_script_in_a_text_field_is_shown_as_text(open_screen: Open, api: Api) -> None:
    place = {"type": "Point", "coordinates": [106.65, -6.15]}
    incident = api.post(
        "dispatcher", "/v1/ambulance/incidents", {"complaint": SCRIPT, "landmark": SCRIPT, "location": place}
    )["id"]
    contact = api.post("dispatcher", "/v1/ambulance/contacts", {"complaint": SCRIPT, "phone": SCRIPT})["id"]
    screen = open_screen("dispatcher", f"/gawat-darurat/insiden/{incident}")
    assert SCRIPT in screen.page.locator("#incident").inner_text()
    screen.go(f"/gawat-darurat/kontak/{contact}")
    assert SCRIPT in screen.page.locator("h1").inner_text()
    assert screen.page.evaluate("window.bad") is None
    api.post("dispatcher", f"/v1/ambulance/contacts/{contact}/disposition", {"disposition": "test"})


def test_no_token_of_the_api_ever_reaches_the_browser(open_screen: Open) -> None:
    screen = open_screen("dispatcher")
    cookies = [one for one in screen.context.cookies() if one["name"].startswith("kota")]
    assert cookies and all(one["httpOnly"] and one["sameSite"] == "Lax" for one in cookies)
    assert all("eyJ" not in one["value"] for one in cookies)  # how every token begins
    assert "eyJ" not in screen.page.content()
    assert screen.page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})") == "{}"
    assert "kota" not in screen.page.evaluate("document.cookie")


def test_a_form_of_another_site_or_person_is_refused(open_screen: Open, running: Installation, api: Api) -> None:
    screen = open_screen("dispatcher")
    jar = {one["name"]: one["value"] for one in screen.context.cookies(running.suite.console_url)}
    before = len(api.get("dispatcher", "/v1/ambulance/contacts?limit=200")["items"])
    form = {"complaint": "x", "then": "contact", "_key": str(uuid.uuid4())}
    address = f"{running.suite.console_url}/gawat-darurat/panggilan"
    token = screen.page.get_attribute("meta[name=form-token]", "content")
    with httpx.Client(cookies=jar) as http:
        assert http.post(address, data=form).status_code == 403
        assert http.post(address, data={**form, "_form": "0" * 64}).status_code == 403
        elsewhere = {"Sec-Fetch-Site": "cross-site"}
        assert http.post(address, data={**form, "_form": token}, headers=elsewhere).status_code == 403
        assert len(api.get("dispatcher", "/v1/ambulance/contacts?limit=200")["items"]) == before
        assert http.post(address, data={**form, "_form": token}).status_code == 303


@pytest.mark.parametrize(
    ("user", "home"), [("hearse-officer", "/jenazah"), ("school-99000001", "/sekolah"), ("hearse-crew-jnz-01", "/")]
)
def test_another_roles_address_is_refused_with_a_way_back(open_screen: Open, user: str, home: str) -> None:
    screen = open_screen(user)
    with screen.page.expect_response("**/gawat-darurat") as reply:
        screen.go("/gawat-darurat")
    assert reply.value.status == 403
    screen.page.click("text=Kembali ke meja kerja")
    assert screen.page.url == f"{screen.suite.console_url}{home}"


def test_signing_out_ends_the_session_also_for_a_copied_cookie(open_screen: Open, running: Installation) -> None:
    screen = open_screen("dispatcher", "/gawat-darurat/panggilan")
    screen.page.fill("#complaint", "setengah jadi")
    assert "setengah jadi" in screen.page.evaluate("JSON.stringify(localStorage)")
    jar = {one["name"]: one["value"] for one in screen.context.cookies(running.suite.console_url)}
    screen.page.click(".menu summary")
    screen.page.click("[data-signs-out] button")
    screen.page.wait_for_url("**/keluar")
    assert screen.page.evaluate("JSON.stringify(localStorage)") == "{}"
    reply = httpx.get(f"{running.suite.console_url}/gawat-darurat", cookies=jar)
    assert reply.status_code == 303 and reply.headers["location"].startswith("/masuk")


def test_a_session_that_ends_keeps_the_form(open_screen: Open, api: Api) -> None:
    screen = open_screen("dispatcher", "/gawat-darurat/panggilan")
    page, text = screen.page, f"ditulis sebelum sesi berakhir {uuid.uuid4()}"
    page.fill("#complaint", text)
    screen.context.clear_cookies(name="kota-0")
    page.click("button[value=contact]")
    page.wait_for_selector("#notice .notice")
    assert page.input_value("#complaint") == text
    with screen.context.expect_page() as opened:
        page.click("#notice a")
    tab = opened.value
    tab.fill("#username", "dispatcher")
    tab.fill("#password", "demo-dispatcher")
    tab.press("#password", "Enter")
    tab.wait_for_url("**/masuk/selesai")
    page.click("button[value=contact]")
    page.wait_for_url("**/gawat-darurat")
    told = [one["complaint"] for one in api.get("dispatcher", "/v1/ambulance/contacts?limit=50")["items"]]
    assert told.count(text) == 1


def test_indonesian_first_english_by_a_switch(open_screen: Open) -> None:
    screen = open_screen("dispatcher")
    assert "Panggilan baru" in screen.page.inner_text(".bar")
    screen.page.click(".menu summary")
    screen.page.click("text=English")
    assert "New call" in screen.page.inner_text(".bar")
    assert screen.page.get_attribute("html", "lang") == "en"


def test_the_policy_forbids_inline_scripts_and_other_hosts(running: Installation) -> None:
    policy = httpx.get(f"{running.suite.console_url}/keluar").headers["content-security-policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'" and rules["script-src"] == rules["style-src"] == "'self'"
    assert "unsafe" not in policy and rules["frame-ancestors"] == "'none'"


def test_the_question_mark_lists_the_shortcuts(open_screen: Open) -> None:
    screen = open_screen("dispatcher", "/gawat-darurat/panggilan")
    page = screen.page
    page.keyboard.type("?")  # within a field it is only typed
    assert page.input_value("#complaint") == "?"
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.wait_for_selector("#keys[open]")
    assert "Panggilan baru" in page.inner_text("#keys")
    page.keyboard.press("n")  # behind the list nothing is pressed
    assert page.locator("#keys[open]").count() == 1


@pytest.mark.parametrize("query", ["", "?state=x&code=y", "?state=%C3%A9&code=y", "?error=access_denied&state=x"])
def test_a_way_back_that_nobody_was_sent_leads_to_no_session(open_screen: Open, query: str) -> None:
    screen = open_screen()
    screen.go("/masuk")  # a log-in has begun
    with screen.page.expect_response("**/masuk/kembali**") as reply:
        screen.go(f"/masuk/kembali{query}")
    assert reply.value.status == 400
    assert not [one for one in screen.context.cookies() if one["name"].startswith("kota-0")]
