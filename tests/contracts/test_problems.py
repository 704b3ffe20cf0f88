"""Problems say which field, what and how to mend it, and never repeat what was sent."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, ValidationError

from contracts import REQUESTS
from contracts.base import Model
from contracts.identity import KelurahanCode, Nik, Phone
from contracts.problems import PROBLEMS, ProblemData, invalid

PERMIT = {"/permit/number", "/permit/valid_until"}
SESSION = {"/sessions", "/sessions/0/begins_at", "/sessions/0/ends_at"}
SECRET = "Siti-Zulaikha-3671011508959001"


class Applicant(Model):
    nik: Nik
    phone: Phone
    kelurahan: KelurahanCode
    age: int = Field(ge=0)
    wanted: tuple[dict[str, int], ...] = ()


def refused(model: type[Model], data: Any) -> ProblemData:
    with pytest.raises(ValidationError) as caught:
        model.model_validate(data)
    return invalid(caught.value).data


def test_each_wrong_field_is_named_by_pointer_with_a_fix() -> None:
    data = refused(
        Applicant, {"nik": SECRET, "phone": "112", "kelurahan": SECRET, "age": SECRET, "wanted": [{"a/b~": SECRET}]}
    )
    assert [error.pointer for error in data.errors] == ["/nik", "/phone", "/kelurahan", "/age", "/wanted/0/a~1b~0"]
    assert [bool(error.fix) for error in data.errors[:3]] == [True, True, True]
    assert SECRET not in data.model_dump_json()


@pytest.mark.parametrize("operation", sorted(REQUESTS))
@given(junk=st.sampled_from([SECRET, [SECRET], {"x": SECRET}, 3671011508959001]))
def test_no_request_repeats_a_value_in_its_problem(operation: str, junk: Any) -> None:
    model = REQUESTS[operation]
    body = {name: junk for name in model.model_fields}
    try:
        model.model_validate(body)
    except ValidationError as error:
        text = invalid(error).data.model_dump_json()
        assert SECRET not in text
        assert "3671011508959001" not in text


def test_problem_data_survives_the_wire() -> None:
    data = refused(Applicant, {"nik": "1"})
    assert ProblemData.model_validate(json.loads(data.model_dump_json())) == data


def test_every_problem_has_a_status_and_titles_in_both_languages() -> None:
    for slug, problem in PROBLEMS.items():
        assert 400 <= problem.status < 600, slug
        assert problem.title["en"] and problem.title["id"] and problem.title["en"] != problem.title["id"], slug


@pytest.mark.parametrize(
    ("operation", "sent", "pointers"),
    [
        ("umkm.record_permit", {"permit": {"kind": "pirt", "number": "1"}}, PERMIT),
        ("umkm.record_permit", {"permit": {"kind": "kertas"}}, {"/permit"}),
        ("umkm.record_permit", {"permit": {"kind": "bpom", "pirt": 1}}, {*PERMIT, "/permit/pirt"}),
        ("umkm.declare_size", {"size": {"basis": "turnover", "rupiah": "x", "year": 2025}}, {"/size/rupiah"}),
        ("umkm.announce_batch", {"sessions": [{"begins_at": "kemarin"}]}, SESSION),
    ],
)
def test_pointers_lead_into_what_was_sent(operation: str, sent: dict[str, Any], pointers: set[str]) -> None:
    with pytest.raises(ValidationError) as caught:
        REQUESTS[operation].model_validate_json(json.dumps(sent))
    found = {error.pointer for error in invalid(caught.value, sent).data.errors}
    assert {one for one in found if one.startswith(tuple(f"/{name}" for name in sent))} == pointers
