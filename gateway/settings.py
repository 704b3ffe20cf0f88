"""The gateway's configuration: environment variables, typed."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from chassis.direct.keys import keys_of
from chassis.direct.wire import key_variable
from chassis.privacy.keys import KeyConfigurationError
from chassis.secret_files import value
from contracts import services

from .direct import Address


class Settings(BaseSettings):
    """What the gateway process reads. Raises a validation error that names what is missing. Limits: 0 means none."""

    model_config = SettingsConfigDict(extra="ignore", populate_by_name=True)

    environment: Literal["development", "production"] = Field(default="development", alias="KOTA_ENV")
    host: str = Field(default="127.0.0.1", alias="GATEWAY_HOST")
    port: int = Field(default=8000, alias="GATEWAY_PORT", ge=0, le=65535)
    amqp_uri: SecretStr = Field(default=SecretStr("amqp://guest:guest@127.0.0.1:5672//"), alias="AMQP_URI")
    direct_urls: str = Field(
        default="",
        alias="DIRECT_URLS",
        description="Where services take requests without the broker: `http://{service}:9200`, or each by itself,"
        " `ambulance=http://host:port hearse=…`.",
    )
    log_level: str = Field(default="INFO", alias="LOG_LEVEL")
    otlp_endpoint: str = Field(default="", alias="OTEL_EXPORTER_OTLP_ENDPOINT")

    oidc_issuer: str = Field(alias="OIDC_ISSUER")
    oidc_audience: str = Field(default="kota", alias="OIDC_AUDIENCE")
    oidc_jwks_url: str = Field(alias="OIDC_JWKS_URL")
    citizen_issuer: str = Field(default="", alias="CITIZEN_ISSUER", description="The super app's issuer of citizens.")
    citizen_jwks_url: str = Field(default="", alias="CITIZEN_JWKS_URL")

    calls_per_service: int = Field(default=200, alias="CALLS_PER_SERVICE", ge=1)
    requests_per_minute: int = Field(default=120_000, alias="REQUESTS_PER_MINUTE", ge=0, description="Per client.")
    intake_per_minute: int = Field(default=120_000, alias="INTAKE_PER_MINUTE", ge=0, description="Per client.")
    citizen_per_minute: int = Field(default=60, alias="CITIZEN_PER_MINUTE", ge=0, description="Per citizen.")
    public_per_minute: int = Field(
        default=6_000, alias="PUBLIC_PER_MINUTE", ge=0, description="Per address, of requests without a token."
    )
    body_seconds: float = Field(default=10.0, alias="BODY_SECONDS", gt=0, description="For a whole body to arrive.")
    head_seconds: float = Field(default=10.0, alias="HEAD_SECONDS", gt=0, description="For a request's head to arrive.")
    feed_listeners: int = Field(default=2000, alias="FEED_LISTENERS", ge=1)
    heartbeat_seconds: float = Field(default=2.0, alias="HEARTBEAT_SECONDS", gt=0)

    @model_validator(mode="after")
    def _doors_are_addresses(self) -> Settings:
        try:
            known = self.doors.keys() <= set(services())
        except KeyConfigurationError as error:
            raise ValueError(str(error)) from None
        if not known:
            raise ValueError(f"DIRECT_URLS names a service that there is not; there are {', '.join(services())}")
        return self

    @model_validator(mode="after")
    def _production_is_strict(self) -> Settings:
        if self.environment != "production":
            return self
        urls = {
            "OIDC_ISSUER": self.oidc_issuer,
            "OIDC_JWKS_URL": self.oidc_jwks_url,
            "CITIZEN_ISSUER": self.citizen_issuer,
            "CITIZEN_JWKS_URL": self.citizen_jwks_url,
        }
        for name, url in urls.items():
            if url and not url.startswith("https://"):
                raise ValueError(f"KOTA_ENV=production needs an https {name}")
        if "guest:guest@" in self.amqp_uri.get_secret_value():
            raise ValueError("KOTA_ENV=production needs AMQP_URI with the gateway's own broker user")
        return self

    @cached_property
    def doors(self) -> dict[str, Address]:
        """Address and key of each service's door. Raises KeyConfigurationError, and ValueError for no address."""
        named = self.direct_urls.split()
        if "{service}" in self.direct_urls:
            named = [f"{service}={self.direct_urls.strip().replace('{service}', service)}" for service in services()]
        pairs = [pair.partition("=") for pair in named]
        return {service: Address.of(url, self._door_key(service)) for service, _, url in pairs}

    def _door_key(self, service: str) -> bytes:
        return keys_of(service, value(key_variable(service)), production=self.environment == "production")[0]

    @property
    def citizens(self) -> tuple[str, str] | None:
        """Issuer and key set of citizens' tokens; on the laptop the development issuer is also the super app's."""
        if self.citizen_issuer and self.citizen_jwks_url:
            return self.citizen_issuer, self.citizen_jwks_url
        if self.environment == "production":
            return None
        return f"{self.oidc_issuer}/citizens", f"{self.oidc_issuer}/citizens/jwks.json"
