"""A service process' configuration: environment variables, typed. Production refuses what is only fit for a laptop."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from contracts.envelope import opens, seals_for

from .addresses import require_broker, require_database
from .direct.wire import key_variable
from .secret_files import folder, value

EVENT_SHARE = 12
"""Of MAX_WORKERS: what is left for events, clocks and jobs."""
DRAIN_SECONDS = 25
"""After SIGTERM a process may take so long to end its work; who runs it must wait longer."""
LAPTOP_AMQP = "amqp://guest:guest@127.0.0.1:5672//"


def opening_variable(service: str) -> str:
    """Where a service finds its private keys to what others seal for it."""
    return f"OPENING_KEYS_{service.upper()}"


def sealing_variable(service: str) -> str:
    """Where those who write to a service find its public key."""
    return f"SEALING_KEY_{service.upper()}"


class Settings(BaseSettings):
    """What every service process reads. Names that end in the service's name are read by `load`."""

    model_config = SettingsConfigDict(extra="ignore", populate_by_name=True, hide_input_in_errors=True)

    service: str
    environment: Literal["development", "production"] = Field(default="development", alias="KOTA_ENV")
    database_url: SecretStr
    amqp_uri: SecretStr = Field(default=SecretStr(LAPTOP_AMQP), alias="AMQP_URI")
    field_keys: SecretStr = SecretStr("")
    audit_key: SecretStr = SecretStr("")
    opening_keys: SecretStr = SecretStr("")
    sealing_keys: dict[str, str] = Field(default_factory=dict, description="Public, by the service that can open.")
    person_key_secret: SecretStr = Field(default=SecretStr(""), alias="PERSON_KEY_SECRET")
    health_host: str = Field(default="127.0.0.1", alias="HEALTH_HOST", description="0.0.0.0 in a container of its own")
    health_port: int = Field(default=0, alias="HEALTH_PORT", ge=0, le=65535, description="0: any free port")
    direct_host: str = Field(default="127.0.0.1", alias="DIRECT_HOST", description="0.0.0.0 in a container of its own")
    direct_port: int | None = Field(
        default=None, alias="DIRECT_PORT", ge=1, le=65535, description="Where the gateway's requests arrive."
    )
    direct_key: SecretStr = SecretStr("")
    log_level: str = Field(default="INFO", alias="LOG_LEVEL")
    otlp_endpoint: str = Field(default="", alias="OTEL_EXPORTER_OTLP_ENDPOINT")
    max_workers: int = Field(default=28, alias="MAX_WORKERS", ge=2, le=200)
    events_prefetch: int = Field(
        default=48,
        alias="EVENTS_PREFETCH",
        ge=1,
        le=500,
        description="Events in hand, at work or waiting for a worker.",
    )
    event_workers: int = Field(default=6, alias="EVENT_WORKERS", ge=1, le=100)
    retry_seconds: tuple[float, ...] = Field(default=(1, 10, 60, 600), alias="RETRY_SECONDS")

    @model_validator(mode="after")
    def _production_needs_real_secrets(self) -> Settings:
        if self.environment != "production":
            return self
        needed = {
            f"FIELD_KEYS_{self.service.upper()}": self.field_keys.get_secret_value(),
            f"AUDIT_KEY_{self.service.upper()}": self.audit_key.get_secret_value(),
            "PERSON_KEY_SECRET": self.person_key_secret.get_secret_value(),
        }
        if self.direct_port is not None:
            needed[key_variable(self.service)] = self.direct_key.get_secret_value()
        if opens(self.service):
            needed[opening_variable(self.service)] = self.opening_keys.get_secret_value()
        needed |= {sealing_variable(other): self.sealing_keys.get(other, "") for other in seals_for(self.service)}
        missing = [name for name, secret in needed.items() if not secret.strip()]
        if self.amqp_uri.get_secret_value().strip() in ("", LAPTOP_AMQP):
            missing.append("AMQP_URI")
        if missing:
            raise ValueError(f"KOTA_ENV=production needs {', '.join(missing)} to be set")
        return self

    @property
    def rpc_prefetch(self) -> int:
        """Requests taken at once; events have workers of their own, so neither starves the other."""
        return max(1, self.max_workers - EVENT_SHARE)


def load(service: str) -> Settings:
    """The settings of a service from the environment and the files in SECRETS_DIR.

    Raises a validation error that names what is missing."""
    suffix = service.upper()
    database_url = value(f"DATABASE_URL_{suffix}")
    if not database_url:
        raise SystemExit(f"DATABASE_URL_{suffix} is not set: `make up` sets it, or give your own server's address")
    database_url = re.sub("^postgres(ql)?://", "postgresql+psycopg://", database_url)  # as other programs write it
    require_database(f"DATABASE_URL_{suffix}", database_url)
    settings = Settings(  # type: ignore[call-arg]  # pydantic-settings takes it
        _secrets_dir=folder(),
        service=service,
        database_url=SecretStr(database_url),
        field_keys=SecretStr(value(f"FIELD_KEYS_{suffix}")),
        audit_key=SecretStr(value(f"AUDIT_KEY_{suffix}")),
        direct_key=SecretStr(value(key_variable(service))),
        opening_keys=SecretStr(value(opening_variable(service))),
        sealing_keys={other: value(sealing_variable(other)) for other in seals_for(service)},
    )
    require_broker("AMQP_URI", settings.amqp_uri.get_secret_value())
    return settings
