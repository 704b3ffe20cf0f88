"""The environment of each process: what it needs and nothing else, above all no other service's secrets."""

from __future__ import annotations

import os
from collections.abc import Mapping

from chassis.direct.wire import key_variable
from chassis.privacy.letter_keys import sealing_key
from chassis.settings import opening_variable, sealing_variable
from chassis.storage import VARIABLE as STORAGE
from contracts.envelope import opens, seals_for
from kota.ports import LOOPBACK
from kota.processes import MARKER
from kota.suite import Suite

# Taken from the operator's environment when set there.
PASSED_ON = (
    "PATH",
    "HOME",
    "LANG",
    "TZ",
    "KOTA_ENV",
    "KOTA_FAILPOINT",
    "LOG_LEVEL",
    "MAX_WORKERS",
    "EVENTS_PREFETCH",
    "EVENT_WORKERS",
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    "SSL_CERT_FILE",
)
KEEPS_FILES = frozenset({"gateway", "education", "umkm"})
"""Who takes files in, and who reads them."""
PRINTS_ADDRESSES = frozenset({"umkm"})
KNOWS_ROADS = frozenset({"ambulance"})
ROAD_ENGINE = ("ROAD_ENGINE_URL", "ROAD_ENGINE_SECONDS")
AUDIENCE = "kota"
GATEWAY_TUNING = (
    "CALLS_PER_SERVICE",
    "REQUESTS_PER_MINUTE",
    "INTAKE_PER_MINUTE",
    "CITIZEN_PER_MINUTE",
    "PUBLIC_PER_MINUTE",
    "FEED_LISTENERS",
    "HEARTBEAT_SECONDS",
    "CITIZEN_ISSUER",
    "CITIZEN_JWKS_URL",
)

CONSOLE_TUNING = ("OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "API_SECONDS", "CONSOLE_ASSETS")


def base_environment(suite: Suite, environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """What every process gets; the marker lets a later command find processes left behind."""
    passed = {name: environment[name] for name in PASSED_ON if name in environment}
    return passed | {"PYTHONUNBUFFERED": "1", MARKER: str(suite.home.root)}


def service_environment(suite: Suite, service: str) -> dict[str, str]:
    """One service: its database, its broker user, its keys."""
    upper = service.upper()
    return {
        **_sealing_environment(suite, service),
        **_public_address(suite, service),
        **_road_engine(service),
        f"DATABASE_URL_{upper}": suite.database_url(service),
        "AMQP_URI": suite.amqp_uri(service),
        "HEALTH_PORT": str(suite.ports[f"health.{service}"]),
        "DIRECT_PORT": str(suite.ports[f"direct.{service}"]),
        key_variable(service): suite.secrets[key_variable(service)],
        f"FIELD_KEYS_{upper}": suite.secrets[f"FIELD_KEYS_{upper}"],
        f"AUDIT_KEY_{upper}": suite.secrets[f"AUDIT_KEY_{upper}"],
        "PERSON_KEY_SECRET": suite.secrets["PERSON_KEY_SECRET"],
        # psycopg waits in C by default and would stop every green thread of the process.
        "PSYCOPG_WAIT_FUNC": "wait_select",
    }


def _road_engine(service: str) -> dict[str, str]:
    """Where driving times are asked, if anywhere."""
    return {name: os.environ[name] for name in ROAD_ENGINE if name in os.environ} if service in KNOWS_ROADS else {}


def _public_address(suite: Suite, service: str) -> dict[str, str]:
    """Where citizens find what is published: printed on certificates."""
    if service not in PRINTS_ADDRESSES:
        return {}
    return {"PUBLIC_URL": os.environ.get("PUBLIC_URL") or f"http://{LOOPBACK}:{suite.ports['gateway']}"}


def _sealing_environment(suite: Suite, service: str) -> dict[str, str]:
    """Its own keys to what others seal for it, and the public ones of those for whom it seals."""
    own = {opening_variable(service): suite.secrets[opening_variable(service)]} if opens(service) else {}
    others = {name: suite.secrets[opening_variable(name)] for name in seals_for(service)}
    return own | {sealing_variable(name): sealing_key(keys) for name, keys in others.items()}


def gateway_environment(suite: Suite) -> dict[str, str]:
    """The gateway: its broker user and whom to trust for tokens; no database."""
    tuning = {name: os.environ[name] for name in GATEWAY_TUNING if name in os.environ}
    citizens = f"{suite.issuer_url}/citizens"
    # The development issuer also signs for citizens, as the super app's own issuer does in production.
    trusted = {"CITIZEN_ISSUER": citizens, "CITIZEN_JWKS_URL": f"{citizens}/jwks.json"} if suite.own_issuer else {}
    return (
        tuning
        | trusted
        | {key_variable(service): suite.secrets[key_variable(service)] for service in suite.services}
        | {
            "DIRECT_URLS": " ".join(
                f"{name}=http://{LOOPBACK}:{suite.ports[f'direct.{name}']}" for name in suite.services
            ),
            "GATEWAY_HOST": LOOPBACK,
            "GATEWAY_PORT": str(suite.ports["gateway"]),
            "AMQP_URI": suite.amqp_uri("gateway"),
            "OIDC_ISSUER": suite.issuer_url,
            "OIDC_AUDIENCE": AUDIENCE,
            "OIDC_JWKS_URL": suite.given.get("OIDC_JWKS_URL") or f"{suite.issuer_url}/.well-known/jwks.json",
        }
    )


def issuer_environment(suite: Suite) -> dict[str, str]:
    """The development issuer: its address only."""
    return {"ISSUER_PORT": str(suite.ports["issuer"]), "ISSUER_URL": suite.issuer_url}


def console_environment(suite: Suite) -> dict[str, str]:
    """The console: the gateway's address, whom to send people to for logging in, the key of its cookies."""
    tuning = {name: os.environ[name] for name in CONSOLE_TUNING if name in os.environ}
    return {
        "OIDC_CLIENT_ID": "console",
        **tuning,
        "CONSOLE_HOST": LOOPBACK,
        "CONSOLE_PORT": str(suite.ports["console"]),
        "CONSOLE_URL": suite.console_url,
        "CONSOLE_SESSION_KEYS": suite.secrets["CONSOLE_SESSION_KEYS"],
        "GATEWAY_URL": suite.gateway_url,
        "OIDC_ISSUER": suite.issuer_url,
    }


def process_environment(suite: Suite, process: str) -> dict[str, str]:
    """The whole environment of a Python process of the suite, by its name."""
    special = {"gateway": gateway_environment, "issuer": issuer_environment, "console": console_environment}
    own = special[process](suite) if process in special else service_environment(suite, process)
    return base_environment(suite) | _storage(suite, process) | own


def _storage(suite: Suite, process: str) -> dict[str, str]:
    if process not in KEEPS_FILES:
        return {}
    return {STORAGE: os.environ.get(STORAGE) or suite.home.files.as_uri()}
