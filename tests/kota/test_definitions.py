"""The broker's definitions: each user's expressions allow what it needs and refuse the rest."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from kota.engines.definitions import (
    EVENTS,
    RPC,
    Rights,
    build_definitions,
    gateway_rights,
    operator_rights,
    password_hash,
    service_rights,
)

AMBULANCE = service_rights("ambulance", ("hearse.booking-confirmed.v1",))
DEATH = "ambulance.patient-deceased.v1"
OPERATOR = operator_rights(("ambulance", "hearse"))


@pytest.mark.parametrize(
    ("rights", "action", "name", "allowed"),
    [
        (AMBULANCE, "configure", "ambulance.events", True),
        (AMBULANCE, "configure", "ambulance.events.retry.60s", True),
        (AMBULANCE, "configure", "rpc-ambulance", True),
        (AMBULANCE, "configure", "rpcx-ambulance", True),
        (AMBULANCE, "configure", "hearse.events", False),
        (AMBULANCE, "configure", "rpcx-hearse", False),
        (AMBULANCE, "configure", "city.events", False),
        (AMBULANCE, "configure", "ambulances.events", False),
        (AMBULANCE, "write", "city.events", True),
        (AMBULANCE, "write", "city.events.log", False),
        (AMBULANCE, "write", "amq.default", False),
        (AMBULANCE, "read", "hearse.events.dead", False),
        (AMBULANCE, "read", "city.events.log", False),
        (gateway_rights(), "configure", "rpc.reply-gateway-1", True),
        (gateway_rights(), "configure", "ambulance.events", False),
        (gateway_rights(), "write", "nameko-rpc", True),
        (gateway_rights(), "write", "city.events", False),
        (gateway_rights(), "read", "city.events.log", True),
        (gateway_rights(), "read", "ambulance.events", False),
        (OPERATOR, "configure", "ambulance.events", False),
        (OPERATOR, "write", "ambulance.delay", True),
        (OPERATOR, "write", "city.events", False),
        (OPERATOR, "read", "ambulance.events.dead", True),
        (OPERATOR, "read", "ambulance.events", False),
    ],
)
def test_names(rights: Rights, action: str, name: str, allowed: bool) -> None:
    assert bool(re.search(getattr(rights, action), name)) is allowed


@pytest.mark.parametrize(
    ("rights", "exchange", "action", "key", "allowed"),
    [
        (AMBULANCE, EVENTS, "write", "ambulance.incident-opened.v1", True),
        (AMBULANCE, EVENTS, "write", "hearse.booking-confirmed.v1", False),
        (AMBULANCE, EVENTS, "read", "hearse.booking-confirmed.v1", True),
        (AMBULANCE, EVENTS, "read", "hearse.booking-confirmed.v2", False),
        (AMBULANCE, EVENTS, "read", "hearseXbooking-confirmedXv1", False),
        (AMBULANCE, EVENTS, "read", "#", False),
        (service_rights("hearse", (DEATH,)), EVENTS, "read", f"{DEATH}.sealed.hearse", True),
        (service_rights("education", (DEATH,)), EVENTS, "read", DEATH, True),
        (service_rights("education", (DEATH,)), EVENTS, "read", f"{DEATH}.sealed.hearse", False),
        (service_rights("education", (DEATH,)), EVENTS, "read", f"{DEATH}.sealed.education", False),
        (AMBULANCE, RPC, "write", "0b0e7a1c-3f0a-4c8e-9d6a-6f3c1c2d4e5f", True),
        (AMBULANCE, RPC, "write", "hearse.create_booking", False),
        (AMBULANCE, RPC, "read", "ambulance.*", True),
        (AMBULANCE, RPC, "read", "hearse.*", False),
        (service_rights("hearse", ()), EVENTS, "read", "#", False),
        (gateway_rights(), RPC, "write", "ambulance.open_incident", True),
        (gateway_rights(), RPC, "read", "ambulance.*", False),
    ],
)
def test_routing_keys(rights: Rights, exchange: str, action: str, key: str, allowed: bool) -> None:
    write, read = rights.topics[exchange]
    assert bool(re.search(write if action == "write" else read, key)) is allowed


def test_the_password_hash_has_the_brokers_format() -> None:
    raw = base64.b64decode(password_hash("secret", b"salt"))
    assert raw == b"salt" + hashlib.sha256(b"saltsecret").digest()


def test_users_without_a_password_are_left_out_and_no_password_is_written() -> None:
    document = build_definitions({"ambulance": ()}, {"ambulance": "not-to-be-seen"})
    assert [user["name"] for user in document["users"]] == ["ambulance"]
    assert {entry["user"] for entry in document["permissions"]} == {"ambulance"}
    assert "not-to-be-seen" not in str(document)
