"""The dispatch desk: where a patient goes and how the case ended, a unit that is diverted, a body without a hearse."""

from __future__ import annotations

import uuid
from typing import Any

from tests.support.api import Api
from tests.support.bodies import body_task, body_without_hearse
from tests.support.waiting import until

from .conftest import Open
from .test_dispatch_day import incident


def on_its_way(api: Api, incident_id: str, unit: str, *milestones: str) -> dict[str, Any]:
    """The unit is sent, and its crew says so."""
    sent: dict[str, Any] = api.post(
        "dispatcher", f"/v1/ambulance/incidents/{incident_id}/assignments", {"unit_id": unit}
    )
    for milestone in milestones:
        path = f"/v1/ambulance/assignments/{sent['id']}/milestones"
        api.post(f"crew-{unit.lower()}", path, {"milestone": milestone})
    return sent


def test_a_patient_goes_to_a_hospital_and_the_case_ends_by_radio(open_screen: Open, api: Api, free_unit: str) -> None:
    id = incident(api)
    on_its_way(api, id, free_unit, "acknowledged", "en_route", "on_scene")
    screen = open_screen("dispatcher", f"/gawat-darurat/insiden/{id}")
    page = screen.page
    page.click("#more-patients summary")
    page.click("#more-patients a")
    best = page.locator(".candidate.is-best")
    assert best.locator(".candidate-why").inner_text()  # why this one, in words
    best.locator("button.segment").click()  # asked first
    page.wait_for_url(f"**/insiden/{id}")
    page.click("summary:has-text('{unit}')".replace("{unit}", free_unit))
    page.click("form[action$=terima] button")
    page.wait_for_selector("#incident:not(:has(form[action$=terima]))")
    (asked,) = api.get("dispatcher", f"/v1/ambulance/incidents/{id}")["assignments"]
    assert asked["facility_answer"] == "accepted"
    screen.go(f"/gawat-darurat/insiden/{id}/pasien/1")
    page.locator(".candidate.is-best button.btn-primary").click()
    page.wait_for_url(f"**/insiden/{id}")
    (assignment,) = api.get("dispatcher", f"/v1/ambulance/incidents/{id}")["assignments"]
    assert assignment["state"] == "patient_loaded" and assignment["facility_id"]

    page.click("#more-patients summary")
    page.click(f"#more-patients button:has-text('{free_unit}')")
    page.wait_for_selector(f"#more-patients li:has-text('{free_unit}'):not(:has(button:has-text('{free_unit}')))")
    page.select_option("#more-patients [name=outcome]", "transported")
    page.click("#more-patients form[action$=pasien] button")
    page.wait_for_selector("#more-patients:not(:has(form[action$=pasien]))", state="attached")
    (patient,) = api.get("dispatcher", f"/v1/ambulance/incidents/{id}")["patients"]
    assert (patient["outcome"], patient["facility_id"]) == ("transported", assignment["facility_id"])


def test_a_unit_is_diverted_with_the_reason_of_the_proposal(open_screen: Open, api: Api, free_unit: str) -> None:
    mild, grave = incident(api), incident(api)
    sent = on_its_way(api, mild, free_unit, "acknowledged")
    screen = open_screen("dispatcher", "/gawat-darurat/usulan")
    # Whether a swap is proposed depends on every unit and call of the city: what its form would send is sent.
    form = {
        "_form": screen.page.get_attribute("meta[name=form-token]", "content") or "",
        "_key": str(uuid.uuid4()),
        "assignment": sent["id"],
        "incident_id": grave,
        "reason": "lebih dekat ke kasus merah",
    }
    reply = screen.page.request.post(f"{screen.suite.console_url}/gawat-darurat/usulan", form=form)
    assert reply.ok and reply.url.endswith(grave)
    (assignment,) = api.get("dispatcher", f"/v1/ambulance/incidents/{grave}")["assignments"]
    assert assignment["unit_id"] == free_unit
    (before,) = api.get("dispatcher", f"/v1/ambulance/incidents/{mild}")["assignments"]
    assert before["state"] == "diverted"


def test_a_body_without_a_hearse_is_a_task_with_a_name(open_screen: Open, api: Api) -> None:
    with body_without_hearse(api) as id:
        page = open_screen("dispatcher", "/gawat-darurat/jenazah").page
        form = page.locator(f"form[action$='{id}/mitra']")
        form.locator("[name=responsible]").fill("dr. Uji")
        form.locator("button").click()
        until(lambda: body_task(api, id) is None, "the task to end", limit=10)
        page.wait_for_selector(f"#content:not(:has(form[action$='{id}/mitra']))")


def test_an_incident_of_another_jurisdiction_is_ours_until_they_have_it(open_screen: Open, api: Api) -> None:
    id = incident(api)
    page = open_screen("dispatcher", f"/gawat-darurat/insiden/{id}").page
    page.click("#more-hand-over summary")
    page.fill("#hand-over [name=to]", "PSC 119 Kabupaten Contoh")
    page.click("#hand-over button")
    page.wait_for_selector("#receipt")
    assert api.get("dispatcher", f"/v1/ambulance/incidents/{id}")["state"] != "closed"
    page.fill("#receipt [name=received_by]", "operator 4")
    page.fill("#receipt [name=reference]", "K-77")
    page.click("#receipt button")
    page.wait_for_selector("#incident:has-text('K-77')")
    closed = api.get("dispatcher", f"/v1/ambulance/incidents/{id}")
    assert (closed["state"], closed["receipt"]["received_by"]) == ("closed", "operator 4")
