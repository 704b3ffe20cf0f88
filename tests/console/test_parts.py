"""Times, money, places as people type them, problems at their fields, files."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from console.api import ApiProblem
from console.parts import formats
from console.parts.deeds import segment
from console.parts.files import Files
from console.parts.forms import Form, point


@pytest.mark.parametrize(("written", "shown"), [(1_500_000, "Rp1.500.000"), (0, "Rp0"), (-250, "Rp-250"), (None, "–")])
def test_money(written: int | None, shown: str) -> None:
    assert formats.rupiah(written, "en") == formats.rupiah(written, "id") == shown


def test_times_are_wib() -> None:
    assert formats.clock("2026-11-30T17:05:00Z", "id") == "00.05"
    assert formats.moment("2026-11-30T17:05:00Z", "id") == "1 Des 2026 00.05 WIB"
    assert formats.moment("2026-11-30T17:05:00+00:00", "en") == "1 Dec 2026 00:05 WIB"
    assert formats.day("2026-05-01", "id") == "1 Mei 2026"
    assert [formats.minutes(seconds, "id") for seconds in (5, 90, 3600)] == ["1 mnt", "2 mnt", "60 mnt"]


@pytest.mark.parametrize("typed", ["-6.15, 106.65", "-6.15 106.65", "(-6.15,106.65)", " -6.15 ; 106.65 "])
def test_a_point_as_a_phone_shows_it(typed: str) -> None:
    assert point({"location": typed}) == {"location": {"type": "Point", "coordinates": [106.65, -6.15]}}


@pytest.mark.parametrize("typed", ["di sana", "-6.15", "1, 2, 3", "6°11'S 106°38'E"])
def test_what_is_no_point_goes_on_as_it_was_typed(typed: str) -> None:
    assert point({"location": typed}) == {"location": typed}


def test_a_problem_belongs_to_the_field_of_the_form() -> None:
    errors = [
        {"pointer": "/location/coordinates/0", "detail": "at most 180", "fix": "longitude first"},
        {"pointer": "/query/limit", "detail": "too large"},
    ]
    reply = httpx.Response(422, json={"title": "t", "status": 422, "errors": errors, "winner": "AMB-01"})
    problem = ApiProblem.from_reply(reply)
    assert [error.name for error in problem.errors] == ["location", "limit"]
    assert Form(problem=problem).wrong("location") == ["at most 180. longitude first."]
    assert problem.extra["winner"] == "AMB-01"


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'"x"', b"{}"])
def test_a_refusal_that_is_no_problem_is_one_all_the_same(body: bytes) -> None:
    assert ApiProblem.from_reply(httpx.Response(418, content=body)).status == 418


@pytest.mark.parametrize("sent", ["..", "../x", "a/b", "a?b=c", "a#b", "", "a b", "%2e%2e"])
def test_no_field_leads_to_another_address_of_the_api(sent: str) -> None:
    assert segment(sent) == "-"
    assert segment("RS-1") == "RS-1" and segment("01a22acc-0f07-73de-818c-87ee954f5b28").count("-") == 4


def test_files_have_an_address_that_changes_with_them(tmp_path: Path) -> None:
    (tmp_path / "icons").mkdir()
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "a.css").write_text("a{}")
    first = Files({"s": tmp_path / "s"}, tmp_path / "icons")
    (tmp_path / "s" / "a.css").write_text("b{}")
    assert first.url("s/a.css") != Files({"s": tmp_path / "s"}, tmp_path / "icons").url("s/a.css")
    with pytest.raises(KeyError):
        first.url("s/none.css")
    with pytest.raises(FileNotFoundError, match="make assets"):
        Files({}, tmp_path / "none")
