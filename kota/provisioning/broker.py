"""The broker of a cluster or of a compose file, from the same definitions that `kota up` uses."""

from __future__ import annotations

import os
from urllib.parse import quote, urlsplit

import httpx

from chassis.secret_files import value
from kota.engines.definitions import VHOST
from kota.engines.given_broker import provision_over_http
from kota.errors import OperatorError
from kota.provisioning.given import given, wait_for_server
from kota.secrets import BROKER_USERS
from kota.services import discover, subscriptions

URL = "AMQP_MANAGEMENT_URL"
PREFIX = "AMQP_MANAGEMENT"
LIMIT = 180.0
ADMINISTRATOR = "admin"
"""On a server that was brought along its own administrator provisions; ours is not made there."""


def broker_users() -> tuple[str, ...]:
    """Everybody who logs in to the broker."""
    return tuple(user for user in (*BROKER_USERS, *discover()) if user != ADMINISTRATOR)


def provision_broker(limit: float = LIMIT) -> tuple[str, ...]:
    """Wait for the management API, then bring everything to what is wanted. Returns the users."""
    users = broker_users()
    values = given([URL, *(f"AMQP_PASSWORD_{user.upper()}" for user in users)])
    address = _with_log_in(values[URL])
    passwords = {user: values[f"AMQP_PASSWORD_{user.upper()}"] for user in users}
    _wait_for(address, limit)
    subscribed = {service: subscriptions(service) for service in discover()}
    try:
        provision_over_http(address, subscribed, passwords, os.environ.get("AMQP_VHOST") or VHOST)
    except httpx.HTTPStatusError as error:
        raise _refused(error) from error
    return users


def _with_log_in(url: str) -> str:
    """A cluster's operator gives the administrator's name and password apart from the address."""
    user, password = value(f"{PREFIX}_USER"), value(f"{PREFIX}_PASSWORD")
    if not user:
        return url
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{quote(user, safe='')}:{quote(password, safe='')}@{rest}"


def _wait_for(url: str, limit: float) -> None:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise OperatorError(f"{URL} is no address.", "Write http://user:password@host:15672.")
    base = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl().removesuffix("/")

    def refusal() -> str:
        try:
            httpx.get(f"{base}/api/overview", timeout=5, trust_env=False)
        except httpx.TransportError as error:
            return f"{type(error).__name__} at {parts.hostname}:{parts.port}"
        return ""

    wait_for_server(refusal, "the broker's management API", limit)


def _refused(error: httpx.HTTPStatusError) -> OperatorError:
    status = error.response.status_code
    if status in {401, 403}:
        return OperatorError(f"The broker refuses the log-in in {URL} ({status}).", "It must be an administrator's.")
    return OperatorError(f"The broker refused ({status}): {error.response.text[:200]}", "Look into its log.")
