"""What is sealed for one service: it alone opens it, only with its event, only for a day."""

from __future__ import annotations

import base64
import os
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from chassis.privacy import Letters, LetterUnreadable
from chassis.privacy.letter import LASTS
from chassis.privacy.letter_keys import parse_opening_keys, parse_sealing_key, sealing_key

NOW = datetime(2026, 3, 1, 5, tzinfo=UTC)
EVENT, OTHER_EVENT = UUID(int=1), UUID(int=2)
AMBULANCE = "/services/ambulance"
TOLD = {"next_of_kin_phone": "+6281290009001", "location": {"coordinates": [106.6, -6.1]}}


def drawn(id: str) -> str:
    return f"{id}:{base64.b64encode(os.urandom(32)).decode()}"


def hearse(keys: str) -> Letters:
    return Letters("hearse", parse_opening_keys("hearse", keys, production=True), {})


def ambulance(keys: str) -> Letters:
    return Letters("ambulance", {}, {"hearse": parse_sealing_key("hearse", sealing_key(keys), production=True)})


KEYS = drawn("k1")
TEXT = ambulance(KEYS).seal(TOLD, "hearse", EVENT, NOW)


def test_only_the_one_it_is_for_reads_it() -> None:
    assert hearse(KEYS).open(TEXT, AMBULANCE, EVENT, NOW + LASTS - timedelta(seconds=1)) == TOLD
    for part in TEXT.split("."):
        assert b"81290009001" not in part.encode() + base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    with pytest.raises(LetterUnreadable, match="unknown_key"):
        ambulance(KEYS).open(TEXT, AMBULANCE, EVENT, NOW)
    with pytest.raises(LetterUnreadable, match="decode_error"):
        hearse(drawn("k1")).open(TEXT, AMBULANCE, EVENT, NOW)


@pytest.mark.parametrize(
    ("text", "source", "event", "now", "reason"),
    [
        (TEXT, AMBULANCE, EVENT, NOW + LASTS + timedelta(seconds=1), "expired_token"),
        (TEXT, AMBULANCE, OTHER_EVENT, NOW, "invalid_claim"),
        (TEXT, "/services/umkm", EVENT, NOW, "invalid_claim"),
        (TEXT[:-4] + ("AAAA" if not TEXT.endswith("AAAA") else "BBBB"), AMBULANCE, EVENT, NOW, "."),
        ("", AMBULANCE, EVENT, NOW, "malformed"),
        ("a.b.c", AMBULANCE, EVENT, NOW, "malformed"),
    ],
)
def test_anything_else_is_refused(text: str, source: str, event: UUID, now: datetime, reason: str) -> None:
    with pytest.raises(LetterUnreadable, match=reason):
        hearse(KEYS).open(text, source, event, now)


def test_a_letter_for_another_service_is_refused_even_with_its_keys() -> None:
    umkm = Letters("umkm", parse_opening_keys("hearse", KEYS, production=True), {})
    with pytest.raises(LetterUnreadable, match="invalid_claim"):
        umkm.open(TEXT, AMBULANCE, EVENT, NOW)


def test_with_a_new_key_in_front_both_open() -> None:
    rotated = f"{drawn('k2')},{KEYS}"
    assert hearse(rotated).open(TEXT, AMBULANCE, EVENT, NOW) == TOLD
    newer = ambulance(rotated).seal(TOLD, "hearse", EVENT, NOW)
    assert hearse(rotated).open(newer, AMBULANCE, EVENT, NOW) == TOLD
    with pytest.raises(LetterUnreadable, match="unknown_key"):
        hearse(KEYS).open(newer, AMBULANCE, EVENT, NOW)


def test_nothing_of_it_shows_in_what_is_logged() -> None:
    assert "+6281290009001" not in repr(ambulance(KEYS)) and KEYS.partition(":")[2] not in repr(hearse(KEYS))
