"""One installation as its commands see it: services, addresses and secrets, given or chosen."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from chassis.secret_files import value
from kota.engines.definitions import VHOST
from kota.engines.postgres_address import database_url
from kota.errors import OperatorError
from kota.home import Home
from kota.ports import LOOPBACK
from kota.secrets import read_secrets, wanted_secrets
from kota.services import discover
from kota.state import read_state

GIVEN_NAMES = ("AMQP_URI", "AMQP_MANAGEMENT_URL", "OIDC_ISSUER", "OIDC_JWKS_URL")


@dataclass(frozen=True)
class Suite:
    """Addresses of everything. `given` holds the servers the operator brought along."""

    home: Home
    services: tuple[str, ...]
    ports: Mapping[str, int]
    secrets: Mapping[str, str]
    given: Mapping[str, str]

    @property
    def own_databases(self) -> tuple[str, ...]:
        """The services whose database is in the embedded PostgreSQL."""
        return tuple(name for name in self.services if f"DATABASE_URL_{name.upper()}" not in self.given)

    @property
    def own_broker(self) -> bool:
        return "AMQP_URI" not in self.given

    @property
    def own_issuer(self) -> bool:
        return "OIDC_ISSUER" not in self.given

    @property
    def shared_broker_user(self) -> bool:
        """True when the given broker cannot be provisioned, so that all processes share the given log-in."""
        return not self.own_broker and "AMQP_MANAGEMENT_URL" not in self.given

    @property
    def gateway_url(self) -> str:
        return self._loopback("gateway")

    @property
    def console_url(self) -> str:
        return self._loopback("console")

    @property
    def issuer_url(self) -> str:
        return self._loopback("issuer") if self.own_issuer else self.given["OIDC_ISSUER"]

    @property
    def management_url(self) -> str | None:
        """The management API without log-in, or None when a given broker came without one."""
        if self.own_broker:
            return self._loopback("management")
        given = self.given.get("AMQP_MANAGEMENT_URL")
        if given is None:
            return None
        parts = urlsplit(given)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}".removesuffix("/")

    @property
    def vhost(self) -> str:
        if self.own_broker:
            return VHOST
        return unquote(urlsplit(self.given["AMQP_URI"]).path[1:]) or "/"

    def health_url(self, process: str) -> str:
        """Base address of a process's health endpoints."""
        fixed = {"gateway": self.gateway_url, "issuer": self.issuer_url, "console": self.console_url}
        return fixed.get(process) or self._loopback(f"health.{process}")

    def direct_url(self, service: str) -> str:
        """Where a service takes requests without the broker."""
        return self._loopback(f"direct.{service}")

    def broker_password(self, user: str) -> str:
        return self.secrets[f"AMQP_PASSWORD_{user.upper()}"]

    def amqp_uri(self, user: str) -> str:
        """The broker's address as `user`: a service's name, `gateway` or `kota`."""
        if self.shared_broker_user:
            return self.given["AMQP_URI"]
        login = f"{user}:{quote(self.broker_password(user), safe='')}"
        if self.own_broker:
            return f"amqp://{login}@{LOOPBACK}:{self.ports['amqp']}/{VHOST}"
        parts = urlsplit(self.given["AMQP_URI"])
        return parts._replace(netloc=f"{login}@{parts.netloc.rpartition('@')[2]}").geturl()

    def database_password(self, service: str) -> str:
        return self.secrets[f"POSTGRES_PASSWORD_{service.upper()}"]

    def database_url(self, service: str) -> str:
        """The service's database as its own role."""
        given = self.given.get(f"DATABASE_URL_{service.upper()}")
        return given or database_url(self.home.postgres, service, self.database_password(service))

    def _loopback(self, listener: str) -> str:
        return f"http://{LOOPBACK}:{self.ports[listener]}"


def given_servers(environment: Mapping[str, str], services: tuple[str, ...]) -> dict[str, str]:
    """The addresses of servers that the operator's environment names."""
    names = (*GIVEN_NAMES, *(f"DATABASE_URL_{service.upper()}" for service in services))
    given = {name: environment[name] for name in names if environment.get(name)}
    if "AMQP_MANAGEMENT_URL" in given and "AMQP_URI" not in given:
        raise OperatorError("AMQP_MANAGEMENT_URL is set, but AMQP_URI is not.", "Set both, or neither.")
    return given


def running_suite(environment: Mapping[str, str] = os.environ) -> Suite:
    """The suite that runs from this home; raises OperatorError when none does."""
    home = Home.from_environment(environment)
    state = read_state(home)
    if not state.is_running() and environment.get("KOTA_ENV") == "production":
        return _elsewhere(home, environment)
    if not state.is_running():
        raise OperatorError("The suite is not running.", "Start it with `make up`.")
    return Suite(home, state.services, state.ports, read_secrets(home.secrets_file), state.given)


def _elsewhere(home: Home, environment: Mapping[str, str]) -> Suite:
    """A suite that an orchestrator runs: only what the environment (or SECRETS_DIR) gives is known of it."""
    services = discover(home.checkout)
    wanted = (*GIVEN_NAMES, *(f"DATABASE_URL_{service.upper()}" for service in services), *wanted_secrets(services))
    values = {name: found for name in wanted if (found := value(name, environment))}
    return Suite(home, services, {}, values, given_servers(values, services))
