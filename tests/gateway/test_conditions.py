"""If-Match: what was seen, in HTTP's own way; and the ETag to see it by."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.conditions import etag, seen_version, takes_condition
from gateway.routes import ROUTES
from gateway.table import Route
from tests.gateway.support.asking import ID, pointers
from tests.gateway.support.issuing import Issuer
from tests.gateway.support.process import GatewayProcess

APPROVAL = f"/v1/hearse/bookings/{ID}/approval"


def route(operation: str) -> Route:
    return next(one for one in ROUTES if one.operation == operation)


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (b'{"id":"x","version":12}', {"ETag": '"12"'}),
        (b'{"trip":{"version":3}}', {}),
        (b'{"items":[{"version":3}],"next":null}', {}),
        (b'{"version":3,"id":"x"}', {}),
        (b"{}", {}),
    ],
)
def test_what_is_shown_with_its_version_has_an_etag(reply: bytes, expected: dict[str, str]) -> None:
    assert etag(reply) == expected


def test_the_header_is_the_field() -> None:
    assert seen_version({"if-match": '"7"'}, route("hearse.approve_booking")) == {"version": 7}
    assert seen_version({"if-match": "*"}, route("hearse.approve_booking")) == {}
    assert not takes_condition(route("hearse.get_booking"))


@pytest.mark.parametrize(
    ("path", "header", "body"),
    [
        (APPROVAL, "7", {}),
        (APPROVAL, 'W/"7"', {}),
        (APPROVAL, '"7", "8"', {}),
        (APPROVAL, '"0"', {}),
        (f"/v1/hearse/bookings/{ID}/milestones", '"7"', {"milestone": "en_route"}),
    ],
)
def test_a_condition_that_is_not_heeded_is_refused(
    gateway: GatewayProcess, issuer: Issuer, path: str, header: str, body: Any
) -> None:
    reply = gateway.post(path, json=body, headers=issuer.headers("hearse-officer") | {"If-Match": header})
    assert (reply.status_code, pointers(reply)) == (422, {"/header/If-Match"})


def test_said_twice_it_is_refused(gateway: GatewayProcess, issuer: Issuer) -> None:
    headers = issuer.headers("hearse-officer") | {"If-Match": '"7"'}
    reply = gateway.post(APPROVAL, json={"version": 7}, headers=headers)
    assert (reply.status_code, pointers(reply)) == (422, {"/version"})
