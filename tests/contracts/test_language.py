"""Every text that a person can meet exists in both languages: our own, found in the code, and Pydantic's."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any

import pytest
from pydantic_core._pydantic_core import list_all_errors

from contracts.ambulance.views import FacilityCandidate
from contracts.language import PLACE, indonesian, table

from .texts_in_code import found

for declares_problems in ("gateway.app", "services.ambulance.service", "services.hearse.service"):
    import_module(declares_problems)

NAMES = {"kelurahan code", "kecamatan code", "no content type"}
"""What is put into other texts."""


def bare(template: str) -> str:
    """Without the names of what is put into it."""
    return re.sub(r"\{\w*\}", "{}", template)


def pydantics() -> dict[str, set[str]]:
    """Templates by code, for Python's values and for JSON."""
    both = ("message_template_python", "message_template_json")
    return {one["type"]: {one[key] for key in both if one.get(key)} for one in list_all_errors()}


def test_every_text_in_the_code_has_its_indonesian() -> None:
    known = {bare(english) for english in table()}
    parts = {text: text.split("; ") if bare(text) not in known else [text] for text in found()}
    missing = {text: found()[text] for text, said in parts.items() if not all(bare(part) in known for part in said)}
    assert missing == {}


@pytest.mark.parametrize("code", sorted(pydantics()))
def test_every_code_of_pydantic_has_its_indonesian(code: str) -> None:
    assert {bare(text) for text in pydantics()[code]} <= {bare(english) for english in table()}


@pytest.mark.parametrize("error", list_all_errors(), ids=lambda error: error["type"])
def test_what_pydantic_says_is_understood(error: dict[str, Any]) -> None:
    for key in ("example_message_python", "example_message_json"):
        if text := error.get(key):
            assert indonesian(text) not in (None, text), text


def test_an_indonesian_text_holds_nothing_that_the_english_does_not() -> None:
    places = {english: (set(PLACE.findall(text)), set(PLACE.findall(english))) for english, text in table().items()}
    assert [english for english, (theirs, ours) in places.items() if not theirs <= ours] == []


def test_the_table_holds_nothing_that_nobody_says() -> None:
    said = {bare(part) for text in found() for part in [text, *text.split("; ")]}
    said |= {bare(text) for texts in pydantics().values() for text in texts} | NAMES
    assert [english for english in table() if bare(english) not in said] == []


@pytest.mark.parametrize(
    ("english", "expected"),
    [
        ("NIK has 16 digits, this has 15", "NIK terdiri atas 16 angka, yang dikirim 15"),
        ("this is not a kelurahan code", "ini bukan kode kelurahan"),
        ("Input should be 'merah', 'kuning' or 'hijau'", "harus 'merah', 'kuning' atau 'hijau'"),
        ("String should have at least 3 characters", "harus paling sedikit 3 karakter"),
        ("String should have at least 1 character", "harus paling sedikit 1 karakter"),
        ("landmark is missing", "landmark belum diisi"),
        (
            "2 min later than AMB-01; no position yet, taken to be at its base",
            "2 min lebih lambat daripada AMB-01; posisi belum ada; dianggap di pangkalan",
        ),
        ("what nobody has translated", None),
    ],
)
def test_what_is_put_in_is_kept(english: str, expected: str | None) -> None:
    assert indonesian(english) == expected


def test_a_reason_is_given_in_both() -> None:
    given = {"reason_text": "it is on diversion"}
    assert FacilityCandidate.model_construct(**given).reason_text == given["reason_text"]
    assert FacilityCandidate._in_both_languages(given)["reason_text_id"] == "sedang mengalihkan pasien"
