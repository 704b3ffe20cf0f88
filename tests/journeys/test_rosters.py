"""A school's list through the public API: sent as a form, read, looked at, applied."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.education.files import by_hand, by_xlsxwriter, child, grid
from tests.support.api import Api
from tests.support.suite import Installation
from tests.support.waiting import until

NPSN, OTHER = "99000071", "99000072"
ROSTERS = "/v1/education/rosters"


@pytest.fixture(scope="module")
def api(shared_suite: Installation) -> Api:
    """With two schools."""
    made = shared_suite.api()
    schools = [
        {"npsn": npsn, "name": name, "level": "SD", "ownership": "private", "kecamatan_code": "36.71.01"}
        for npsn, name in ((NPSN, "SD UJI TUJUH"), (OTHER, "SD UJI DELAPAN"))
    ]
    made.post("education-manager", "/v1/education/imports/schools", {"schools": schools})
    return made


def send(api: Api, content: bytes, npsn: str = NPSN, user: str = f"school-{NPSN}", **more: Any) -> httpx.Response:
    """As a browser sends a form."""
    headers = {**api.authorization(user), "Idempotency-Key": more.pop("key", str(uuid.uuid4())), "X-Purpose": "uji"}
    form = {"npsn": npsn, "school_year": "2026/2027"} | more
    return api.http.post(ROSTERS, data=form, files={"file": ("daftar.xlsx", content)}, headers=headers)


def state(api: Api, id: str) -> Any:
    """Of a roster."""
    return api.get(f"school-{NPSN}", f"{ROSTERS}/{id}")


def kept(shared_suite: Installation) -> list[Path]:
    """Files in storage."""
    return [path for path in (shared_suite.root / "files").rglob("*") if path.is_file()]


def test_from_a_form_to_pupils(api: Api, shared_suite: Installation) -> None:
    content = by_xlsxwriter(grid([child(number) for number in range(7001, 7061)]))
    key = str(uuid.uuid4())
    sent = send(api, content, key=key)
    assert sent.status_code == 201, sent.text
    again = send(api, content, key=key)
    assert again.json() == sent.json(), "the same form with the same key is the same request"
    id = sent.json()["id"]
    until(lambda: state(api, id)["state"] == "preview", "the preview", limit=30)
    user = f"school-{NPSN}"
    rows = api.get(user, f"{ROSTERS}/{id}/rows?limit=50")
    following = api.get(user, f"{ROSTERS}/{id}/rows?limit=50&cursor={rows['next']}")
    assert [len(rows["items"]), len(following["items"]), following["next"]] == [50, 10, None]
    api.post(user, f"{ROSTERS}/{id}/application", {"confirm_npsn": NPSN})
    until(lambda: state(api, id)["state"] == "applied", "it to be applied", limit=30)
    assert len(api.get(user, f"/v1/education/pupils?npsn={NPSN}&limit=200")["items"]) == 60
    assert api.ask("school-" + OTHER, "GET", f"{ROSTERS}/{id}").status_code == 404


@pytest.mark.parametrize(
    ("more", "status", "pointer"),
    [
        ({"npsn": "x"}, 422, "/npsn"),
        ({"school_year": "2026/2028"}, 422, "/school_year"),
        ({"surprise": "1"}, 422, "/surprise"),
        ({"npsn": OTHER}, 403, None),
    ],
)
def test_what_is_refused_leaves_no_file(
    api: Api, shared_suite: Installation, more: dict[str, str], status: int, pointer: str | None
) -> None:
    before = set(kept(shared_suite))
    reply = send(api, by_hand(grid([child(1)])), **more)
    assert reply.status_code == status, reply.text
    if pointer:
        assert [error["pointer"] for error in reply.json()["errors"]] == [pointer]
    assert set(kept(shared_suite)) <= before


def test_other_bodies_are_refused(api: Api) -> None:
    headers = api.authorization(f"school-{NPSN}")
    as_json = api.http.post(ROSTERS, json={"npsn": NPSN}, headers=headers)
    assert (as_json.status_code, as_json.json()["type"]) == (415, "/problems/unsupported-media-type")
    no_file = api.http.post(ROSTERS, files={"npsn": (None, NPSN)}, headers=headers)
    assert [error["pointer"] for error in no_file.json()["errors"]] == ["/file"]
    broken = api.http.post(
        ROSTERS, content=b"--x\r\nnonsense", headers={**headers, "Content-Type": "multipart/form-data"}
    )
    assert broken.status_code == 400
    assert api.http.post(ROSTERS, files={"file": ("a", b"x")}).status_code == 401
    nobody = api.http.post(ROSTERS, files={"file": ("a", b"x")}, headers=api.authorization("dispatcher"))
    assert nobody.status_code == 403


def test_more_than_50_megabytes_are_refused_on_the_way(api: Api, shared_suite: Installation) -> None:
    before = set(kept(shared_suite))
    declared = send(api, bytes(50_100_000))
    assert (declared.status_code, declared.json()["type"]) == (413, "/problems/too-large")

    def endless() -> Any:
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
        for _ in range(52):
            yield bytes(1_000_000)

    headers = {**api.authorization(f"school-{NPSN}"), "Content-Type": "multipart/form-data; boundary=x"}
    try:
        streamed = api.http.post(ROSTERS, content=endless(), headers=headers)
        assert streamed.status_code == 413
    except httpx.WriteError:
        pass  # refused while it was still being sent
    assert set(kept(shared_suite)) <= before


def test_a_file_that_is_no_roster_says_so_in_both_languages(api: Api) -> None:
    sent = send(api, b"%PDF-1.7 " + b"x" * 100)
    id = sent.json()["id"]
    until(lambda: state(api, id)["state"] == "refused", "the refusal", limit=30)
    refusal = state(api, id)["refusal"]
    assert refusal["code"] == "wrong_type" and refusal["problem"] != refusal["problem_id"]
