"""Log lines: what identifies people is masked wherever it stands; what operators need stays as it is."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.masking import is_sensitive, mask_event, mask_text, mask_value
from chassis.masking.patterns import MAX_LENGTH

NIK = "3671011508959001"
PHONE = "081234567890"
NAME = "Siti Zulaikha"
TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

KEPT = [
    "36.71.01.1001",
    "kelurahan 36.71.01.1001 and 36.71.01.1002",
    "36.71.01.1001 2026-11-23 20:47:10",
    "2026-11-23T20:47:10.123456Z",
    "2026-11-23T20:47:10.123456+07:00 ok",
    "2026-11-23 08:11:12,123",
    "23-11-2026 20:47",
    "20:47:08.123456789",
    "550e8400-e29b-41d4-a716-446655440000",
    "12345678-0812-3456-7890-446655440000",  # a UUID with a mobile number's digits inside
    "62812345-0812-4345-8901-081234567890",
    f"traceparent {TRACE}",
    "0af7651916cd43dd8448eb211c80319c",
    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "epoch 1763930830123456789 ns, 1763930830123 ms, 1763930830 s",
    "took 0.1234567890123456 s and 0.081234567890 s",
    "delivery_tag 81234567890",
    "queue ambulance.events.retry.1s holds 12, exit code 143",
    "event_name=ambulance.incident-opened.v1 status: 200",
    "rabbit@localhost on 127.0.0.1:5672",
    "version 3.10.8, 18.0.1",
    "person_key=abcdefgh234567abcdefgh234567abcd",
    "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]",
    "NPSN 20606000",
]

MASKED = [
    (f"{NIK} called", "3671********9001 called"),
    (f"NIK{NIK}.", "3671********9001"),
    ("3671 0115 0895 9001", "3671********9001"),
    ("36.71.01.15.08.95.9001", "3671********9001"),
    ("367101-150895-9001", "3671********9001"),
    (f"({NIK},{NIK})", "(3671********9001,3671********9001)"),
    (f"call {PHONE}", "0812****7890"),
    ("call +62 812-3456-7890 now", "0812****7890"),
    ("6281234567890", "0812****7890"),
    (f"HP:{PHONE}", "HP:***"),
    (f"from:{PHONE}", "0812****7890"),
    ("(021) 552-3456", "021****456"),
    ("+1 650 253 0000", "1650****0000"),
    ("siti.z@example.id", "s***@example.id"),
    ("amqp://ambulance:hush@127.0.0.1:5672/kota", "amqp://***@127.0.0.1:5672/kota"),
    ("Authorization: Bearer abcdefghijkl", "Authorization: ***"),
    ("sent Bearer abcdefghijkl", "Bearer ***"),
    ("eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJzaXRpIn0.c2ln failed", "*** failed"),
    (f"{{'name': '{NAME}', 'watts': 3}}", "{'name': ***, 'watts': 3}"),
    (f'{{"patient_name":"{NAME}","n":1}}', '"patient_name":***,"n":1'),
    (f"Applicant(name='{NAME}', age=3)", "Applicant(name=***, age=3)"),
    (f"guardian_name={NAME} age=3", "guardian_name=*** age=3"),
    (f"name='{NAME}", "name=***"),  # cut in the middle
    (f"name=Name(first='{NAME}') x=1", "name=*** x=1"),
    ("complaint: sesak napas berat", "complaint: ***"),
    ("error: password=hush", "error: password=***"),
    (f"GET /x?nik={NIK}&page=2", "/x?nik=***&page=2"),
    (f"DETAIL:  Key (name)=({NAME} (alm)) already exists.", "Key (name)=(***) already exists."),
    (f"DETAIL:  Failing row contains (1, {NAME}, (x)).\n[SQL: INSERT]", "contains (***)\n[SQL: INSERT]"),
    (f"[SQL: x]\n[parameters: {{'a': '{NAME} [x]'}}]\n(Background", "[parameters: ***]\n(Background"),
    (f"  Value error [type=x, input_value='{NAME}', input_type=str]", "input_value=***, input_type=str"),
]


@pytest.mark.parametrize("text", KEPT)
def test_what_operators_need_is_not_mangled(text: str) -> None:
    assert mask_text(text) == text


@pytest.mark.parametrize(("text", "expected"), MASKED)
def test_personal_data_in_text_is_masked(text: str, expected: str) -> None:
    masked = mask_text(text)
    assert expected in masked
    assert not any(secret in masked for secret in (NIK, PHONE, NAME, "Zulaikha", "hush"))


@pytest.mark.parametrize("text", [text for _, text in MASKED])
def test_masking_twice_changes_nothing(text: str) -> None:
    assert mask_text(mask_text(text)) == mask_text(text)


@given(st.uuids(), st.datetimes(), st.integers(10**18, 10**19 - 1))
def test_no_uuid_timestamp_or_nanosecond_is_mangled(uuid: UUID, at: datetime, nanoseconds: int) -> None:
    text = f"{uuid} at {at.isoformat()} ({at.replace(tzinfo=UTC).isoformat()}), {nanoseconds} {uuid.hex}"
    assert mask_text(text).replace(uuid.hex, "") == text.replace(uuid.hex, "")


@given(st.integers(0, 10**16 - 1), st.sampled_from("\n,;:)]}>'\"/=&|gxyz"), st.sampled_from(" ,;(['\"/=&|gxyz"))
def test_sixteen_digits_never_pass(number: int, after: str, before: str) -> None:
    assert f"{number:016}" not in mask_text(f"row{before}{number:016}{after}end")


@pytest.mark.parametrize(
    "text",
    [
        "a" * 40_000, "0" * 40_000, "name" * 9_000, "+1 " * 12_000, "[parameters: " * 3_000, "x@" * 18_000,
        "input_value=" * 3_000, "'" * 40_000, "name='" * 6_000, "a-" * 18_000, "eyJ" + "a." * 18_000, "Key (" * 8_000,
        "name=" + "a " * 18_000, "Failing row contains " * 1_500, "name=(" * 6_000, "://a" * 9_000, "0." * 18_000,
    ],
)  # fmt: skip
@pytest.mark.timeout(5)
def test_no_text_makes_masking_slow(text: str) -> None:
    """Several of these took seconds with patterns that backtracked."""
    started = time.process_time()  # a busy machine takes none of it
    assert len(mask_text(text)) < 2 * MAX_LENGTH
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "key",
    [
        "nik", "NIK", "kk", "no_kk", "name", "nama", "patient_name", "guardianName", "phone", "caller_phone", "address",
        "complaint", "token", "refresh_token", "X-Api-Key", "Authorization", "password", "DB_PASSWORD", "email", "nisn",
        "birth_date", "client_secret", "latitude", "account", "cookie",
    ],
)  # fmt: skip
def test_sensitive_keys(key: str) -> None:
    assert is_sensitive(key)
    assert mask_value("x", key) == "***"
    assert mask_value(7, key) == "***"


@pytest.mark.parametrize(
    "key",
    [
        "event", "event_name", "queue_name", "service", "person_key", "household_key", "token_type", "patient_id",
        "npsn", "kelurahan_code", "renamed", "names_count", "unikey", "teknik", "listen_address", "status", "",
    ],
)  # fmt: skip
def test_other_keys(key: str) -> None:
    assert not is_sensitive(key)


class Person:
    def __repr__(self) -> str:
        return f"Person(name='{NAME}')"


def test_events_are_masked_at_every_depth_and_stay_what_they_are() -> None:
    uuid, at = UUID(int=7), datetime(2026, 11, 23, tzinfo=UTC)
    event: dict[str, Any] = {
        "event": f"call from {PHONE}", "id": uuid, "at": at, "seconds": 1.5, "us": 1763930830123456, "ok": True,
        "span_id": "1234567812345678", "rows": [{"nik": NIK, "unit": "A-1"}, (PHONE,)], "who": Person(),
        "raw": NIK.encode(), "name": None, NIK: 1,
    }  # fmt: skip
    assert mask_event(None, "info", event) == {
        "event": "call from 0812****7890", "id": uuid, "at": at, "seconds": 1.5, "us": 1763930830123456, "ok": True,
        "span_id": "1234567812345678", "rows": [{"nik": "***", "unit": "A-1"}, ["0812****7890"]],
        "who": "Person(name=***)", "raw": "3671********9001", "name": None, "3671********9001": 1,
    }  # fmt: skip


def test_a_value_that_contains_itself_ends() -> None:
    loop: dict[str, Any] = {}
    loop["inner"] = loop
    assert "***" in json.dumps(mask_value(loop))
