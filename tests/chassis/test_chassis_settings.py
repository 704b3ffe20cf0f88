"""Production refuses to start on what is missing or known to everybody, and says what."""

from __future__ import annotations

import base64
import os

import pytest
from pydantic import ValidationError

from chassis.privacy import parse_secret
from chassis.privacy.letter_keys import sealing_key
from chassis.runtime import Runtime
from chassis.settings import LAPTOP_AMQP, load

SECRETS = {
    "KOTA_ENV": "production",
    "DATABASE_URL_HEARSE": "postgresql+psycopg://hearse:pw@127.0.0.1:1/hearse",
    "AMQP_URI": "amqp://hearse:pw@127.0.0.1:5672/kota",
    "FIELD_KEYS_HEARSE": "k1:" + base64.b64encode(os.urandom(32)).decode(),
    "AUDIT_KEY_HEARSE": base64.b64encode(os.urandom(32)).decode(),
    "OPENING_KEYS_HEARSE": "k1:" + base64.b64encode(os.urandom(32)).decode(),
    "PERSON_KEY_SECRET": base64.b64encode(os.urandom(32)).decode(),
}


NEEDED = ("FIELD_KEYS_HEARSE", "AUDIT_KEY_HEARSE", "OPENING_KEYS_HEARSE", "PERSON_KEY_SECRET", "AMQP_URI")


@pytest.fixture(autouse=True)
def production(monkeypatch: pytest.MonkeyPatch) -> None:
    """A complete environment for production."""
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)


def test_a_complete_environment_is_accepted() -> None:
    runtime = Runtime(load("hearse"))
    assert runtime.settings.environment == "production"
    assert runtime.audit_key == base64.b64decode(SECRETS["AUDIT_KEY_HEARSE"])


@pytest.mark.parametrize("name", NEEDED)
@pytest.mark.parametrize("value", [None, "", "  "])
def test_a_missing_secret_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str | None) -> None:
    if value is None:
        monkeypatch.delenv(name)
    else:
        monkeypatch.setenv(name, value)
    with pytest.raises(ValueError, match=name):
        load("hearse")


def test_all_that_is_missing_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NEEDED:
        monkeypatch.delenv(name)
    with pytest.raises(ValidationError) as caught:
        load("hearse")
    for name in NEEDED:
        assert name in str(caught.value)


def test_a_missing_database_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL_HEARSE")
    with pytest.raises(SystemExit, match="DATABASE_URL_HEARSE"):
        load("hearse")


@pytest.mark.parametrize("name", ["FIELD_KEYS_HEARSE", "OPENING_KEYS_HEARSE", "PERSON_KEY_SECRET", "AUDIT_KEY_HEARSE"])
def test_the_laptops_own_keys_are_refused(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    known = base64.b64encode(parse_secret(name, "", production=False)).decode()
    monkeypatch.setenv(name, f"k1:{known}" if "KEYS" in name else known)
    with pytest.raises(ValueError, match=name):
        Runtime(load("hearse"))


def test_who_seals_for_another_needs_its_public_key(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "FIELD_KEYS", "AUDIT_KEY"):
        monkeypatch.setenv(f"{name}_AMBULANCE", SECRETS[f"{name}_HEARSE"])
    with pytest.raises(ValueError, match="SEALING_KEY_HEARSE"):
        load("ambulance")
    known_to_all = base64.b64encode(parse_secret("OPENING_KEYS_HEARSE", "", production=False)).decode()
    monkeypatch.setenv("SEALING_KEY_HEARSE", sealing_key(f"k1:{known_to_all}"))
    with pytest.raises(ValueError, match="everybody can open"):
        Runtime(load("ambulance"))
    monkeypatch.setenv("SEALING_KEY_HEARSE", sealing_key(SECRETS["OPENING_KEYS_HEARSE"]))
    assert Runtime(load("ambulance")).letters


def test_the_laptops_broker_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMQP_URI", LAPTOP_AMQP)
    with pytest.raises(ValueError, match="AMQP_URI"):
        load("hearse")


def test_no_secret_shows_in_what_is_printed() -> None:
    settings = load("hearse")
    for name, value in SECRETS.items():
        assert name == "KOTA_ENV" or value not in repr(settings)


def test_a_refusal_does_not_print_the_secrets_that_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AUDIT_KEY_HEARSE")
    with pytest.raises(ValidationError) as caught:
        load("hearse")
    assert SECRETS["PERSON_KEY_SECRET"] not in str(caught.value) and "input_value" not in str(caught.value)


def test_a_laptop_needs_nothing_but_its_database(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SECRETS:
        if name != "DATABASE_URL_HEARSE":
            monkeypatch.delenv(name)
    runtime = Runtime(load("hearse"))
    assert runtime.settings.environment == "development" and len(runtime.audit_key) == 32


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KOTA_ENV", "prod"),
        ("HEALTH_PORT", "65536"),
        ("MAX_WORKERS", "1"),
        ("EVENTS_PREFETCH", "0"),
        ("RETRY_SECONDS", "1,2"),
    ],
)
def test_a_wrong_value_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(Exception, match=rf"(?i){name}|retry_seconds"):
        load("hearse")


@pytest.mark.parametrize(("workers", "events"), [(2, 100), (28, 12), (16, 16)])
def test_requests_and_events_both_have_places(monkeypatch: pytest.MonkeyPatch, workers: int, events: int) -> None:
    monkeypatch.setenv("MAX_WORKERS", str(workers))
    monkeypatch.setenv("EVENTS_PREFETCH", str(events))
    settings = load("hearse")
    assert 1 <= settings.rpc_prefetch < workers
