"""The dispatch desk's other pages: map, pick-ups, proposals, alerts, hospitals, units; place, closing, questions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.support.api import Api
from tests.support.days import today

from .conftest import Open

HERE = {"type": "Point", "coordinates": [106.65, -6.15]}


def incident(api: Api, **more: Any) -> str:
    told = {"complaint": "sesak", "landmark": "depan pasar", "location": HERE, **more}
    return str(api.post("dispatcher", "/v1/ambulance/incidents", told)["id"])


def test_the_map_shows_the_city_without_tiles_and_sets_the_place_of_a_call(open_screen: Open, api: Api) -> None:
    screen = open_screen("dispatcher")
    requests: list[str] = []
    screen.page.on("request", lambda request: requests.append(request.url))
    screen.go("/gawat-darurat/panggilan")
    screen.page.wait_for_selector("#map[data-drawn]")
    assert screen.page.locator("#map path.leaflet-interactive").count() > 0  # kelurahan and incidents
    assert screen.page.locator("#map .sign-unit").count() > 0
    assert all(url.startswith(screen.suite.console_url) for url in requests)
    screen.page.click("#map", position={"x": 150, "y": 60})
    latitude, longitude = (float(part) for part in screen.page.input_value("#location").split(","))
    assert -6.4 < latitude < -5.9 and 106.3 < longitude < 107.0


def test_a_hospital_is_full_and_a_unit_breaks_down(open_screen: Open, api: Api, free_unit: str) -> None:
    screen = open_screen("dispatcher", "/gawat-darurat/faskes")
    page = screen.page
    row = page.locator("tr", has_text="RSUD 2")
    row.locator("[name=beds_free]").fill("3")
    row.locator("button[value=full]").click()
    page.wait_for_selector("tr:has-text('RSUD 2') button[value=full][aria-pressed=true]")
    states = {one["id"]: one for one in api.get("dispatcher", "/v1/ambulance/facilities")["items"]}
    assert (states["RS-2"]["state"], states["RS-2"]["beds_free"]) == ("full", 3)
    api.put("dispatcher", "/v1/ambulance/facilities/RS-2/status", {"state": "open"})
    page.wait_for_selector("tr:has-text('RSUD 2') button[value=open][aria-pressed=true]")  # by itself

    screen.go("/gawat-darurat/unit")
    row = page.locator("tr", has_text=free_unit)
    row.locator("input[name=reason]").fill("mogok")
    row.locator("button[value=out_of_service]").click()
    page.wait_for_selector(f"tr:has-text('{free_unit}'):has-text('mogok')")
    assert api.get("dispatcher", f"/v1/ambulance/units/{free_unit}")["state"] == "out_of_service"


def test_questions_give_the_colour_and_a_closed_incident_leaves_the_board(open_screen: Open, api: Api) -> None:
    id = incident(api)
    screen = open_screen("dispatcher", f"/gawat-darurat/insiden/{id}")
    page = screen.page
    screen.wait_live()
    page.click("#more-questions summary")
    page.check("input[name=answer-breathing][value=no]")
    page.click("#answers button:not([type])")
    page.wait_for_selector(".colour-merah[aria-pressed=true]")
    assert page.locator("#more-questions").get_attribute("open") is not None  # what was opened stays open

    page.click("#more-close summary")
    page.select_option("#outcome", "unfounded")
    page.fill("#close-reason", "tidak ada siapa-siapa")
    page.click("#closing button")
    page.wait_for_selector(f"#list-incidents:not(:has(#incident-{id}))")
    assert api.get("dispatcher", f"/v1/ambulance/incidents/{id}")["outcome"] == "unfounded"


def test_what_is_refused_is_said_and_stays_while_the_incident_renews_itself(open_screen: Open, api: Api) -> None:
    id = incident(api)
    screen = open_screen("dispatcher", f"/gawat-darurat/insiden/{id}")
    page = screen.page
    screen.wait_live()
    page.click("#more-place summary")
    page.fill("#location", "di seberang sana")
    page.click("#place button")
    page.wait_for_selector("#notice .summary")
    api.post("dispatcher", f"/v1/ambulance/incidents/{id}/triage", {"triage": "kuning"})
    page.wait_for_selector(".colour-kuning[aria-pressed=true]")
    assert page.locator("#notice .summary").is_visible()
    assert page.input_value("#location") == "di seberang sana"


def test_an_alert_is_taken_in_hand_and_settled(open_screen: Open, api: Api) -> None:
    contact = api.post("call-taker", "/v1/ambulance/contacts", {"complaint": "terputus", "phone": "081200001234"})["id"]
    path, clocks = f"/v1/ambulance/contacts/{contact}/disposition", "/v1/ambulance/configuration/clocks"
    usual = api.get("manager", "/v1/ambulance/configuration")["clocks"]
    api.put("manager", clocks, {**usual, "call_back_seconds": [1, 60, 180]})
    api.post("call-taker", path, {"disposition": "cut_off"})
    api.put("manager", clocks, usual)
    screen = open_screen("dispatcher", "/gawat-darurat/peringatan")
    page = screen.page
    row = f"tr:has(a[href$='{contact}'])"
    page.wait_for_selector(row)  # by itself, when the clock has run out
    page.locator(f"{row} form[action$=lihat] button").click()
    page.wait_for_selector(f"{row}:has-text('demo-dispatcher')")
    page.locator(f"{row} form[action$=selesai] button").click()
    page.wait_for_selector(f"#content:not(:has({row}))")


def test_a_unit_that_waits_at_another_base_is_shown_and_sent_home(open_screen: Open, api: Api, free_unit: str) -> None:
    elsewhere = next(
        one["base"] for one in api.get("dispatcher", "/v1/ambulance/units")["items"] if one["id"] == "AMB-01"
    )
    api.put("dispatcher", f"/v1/ambulance/units/{free_unit}/standby", {"base": elsewhere})
    page = open_screen("dispatcher", "/gawat-darurat/unit").page
    page.click(
        f"tr:has-text('{free_unit}'):has-text('menunggu di pangkalan lain') button:has-text('Kembali ke pangkalannya')"
    )
    page.wait_for_selector(f"tr:has-text('{free_unit}'):not(:has-text('menunggu di pangkalan lain'))")
    assert api.get("dispatcher", f"/v1/ambulance/units/{free_unit}")["standby"] is None


def test_a_pick_up_is_planned_and_the_plan_given_up(open_screen: Open, api: Api, free_unit: str) -> None:
    id = incident(api, incident_class="regular", kind="transport", pickup_at="2099-01-01T03:00:00Z")
    screen = open_screen("dispatcher", "/gawat-darurat/jemputan")
    page = screen.page
    page.click(f"tr:has-text('1 Jan 2099 10.00 WIB') a[href$='{id}']")
    page.wait_for_url(f"**/{id}")
    page.click(f"button[value={free_unit}]")
    page.wait_for_selector(f".assignment:has-text('{free_unit}')")
    (plan,) = api.get("dispatcher", f"/v1/ambulance/incidents/{id}")["plans"]
    assert (plan["unit_id"], plan["state"]) == (free_unit, "planned")
    page.fill(".assignment [name=reason]", "keluarga menunda")
    page.click(".assignment button")
    page.wait_for_selector(f"#incident:not(:has(.assignment:has-text('{free_unit}')))")
    screen.go("/gawat-darurat/usulan")
    assert page.locator("h1").inner_text() == "Usulan"


def test_the_pick_ups_of_tomorrow_are_planned_with_one_press(open_screen: Open, api: Api, free_unit: str) -> None:
    tomorrow = today() + timedelta(days=1)
    id = incident(api, incident_class="regular", kind="transport", pickup_at=f"{tomorrow}T10:00:00+07:00")
    page = open_screen("dispatcher", "/gawat-darurat/jemputan").page
    page.click(f"#plan-day button[value='{tomorrow}']")
    page.wait_for_selector(f"tr:has(a[href$='{id}']) .chip:not(.chip-none)")
    (plan,) = api.get("dispatcher", f"/v1/ambulance/incidents/{id}")["plans"]
    assert plan["state"] == "planned"


def test_a_red_call_is_heard_unless_somebody_silenced_it_visibly(open_screen: Open, api: Api) -> None:
    screen = open_screen("dispatcher")
    page = screen.page
    screen.wait_live()
    red = incident(api)
    api.post("dispatcher", f"/v1/ambulance/incidents/{red}/triage", {"triage": "merah"})
    page.wait_for_selector("[data-sound][data-played='1']")
    page.click("[data-sound]")
    assert page.inner_text("[data-sound]") == "Suara mati"
    page.reload()
    screen.wait_live()
    assert page.get_attribute("[data-sound]", "aria-pressed") == "true"
    other = incident(api)
    api.post("dispatcher", f"/v1/ambulance/incidents/{other}/triage", {"triage": "merah"})
    page.wait_for_selector(f"#incident-{other}[data-red-waiting]")
    assert page.get_attribute("[data-sound]", "data-played") is None
