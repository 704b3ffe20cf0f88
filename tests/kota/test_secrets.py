"""Secrets: drawn once, private, never changed by a later start."""

from __future__ import annotations

import base64
import stat
from pathlib import Path

from kota.secrets import ensure_secrets, read_secrets


def test_secrets_are_drawn_once_and_kept(tmp_path: Path) -> None:
    file = tmp_path / "secrets.env"
    first = ensure_secrets(file, ["ambulance"])
    assert ensure_secrets(file, ["ambulance"]) == first == read_secrets(file)


def test_a_new_service_adds_secrets_and_changes_none(tmp_path: Path) -> None:
    file = tmp_path / "secrets.env"
    first = ensure_secrets(file, ["ambulance"])
    second = ensure_secrets(file, ["ambulance", "hearse"])
    assert first.items() < second.items()
    assert "FIELD_KEYS_HEARSE" in second


def test_only_the_owner_can_read_the_file(tmp_path: Path) -> None:
    file = tmp_path / "secrets.env"
    ensure_secrets(file, ["ambulance"])
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.chmod(0o644)
    ensure_secrets(file, ["ambulance"])
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_keys_are_256_bits_and_no_secret_repeats(tmp_path: Path) -> None:
    secrets = ensure_secrets(tmp_path / "secrets.env", ["ambulance", "hearse"])
    name, _, key = secrets["FIELD_KEYS_AMBULANCE"].partition(":")
    assert (name, len(base64.b64decode(key))) == ("k1", 32)
    assert len(base64.b64decode(secrets["PERSON_KEY_SECRET"])) == 32
    assert len(set(secrets.values())) == len(secrets)
