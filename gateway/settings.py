"""The gateway's configuration: environment variables, typed."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What the gateway process reads. Raises a validation error that names what is missing."""

    model_config = SettingsConfigDict(extra="ignore", populate_by_name=True)

    environment: Literal["development", "production"] = Field(default="development", alias="KOTA_ENV")
    host: str = Field(default="127.0.0.1", alias="GATEWAY_HOST")
    port: int = Field(default=8000, alias="GATEWAY_PORT", ge=0, le=65535)
    amqp_uri: SecretStr = Field(default=SecretStr("amqp://guest:guest@127.0.0.1:5672//"), alias="AMQP_URI")
    oidc_issuer: str = Field(alias="OIDC_ISSUER")
    oidc_audience: str = Field(default="kota", alias="OIDC_AUDIENCE")
    oidc_jwks_url: str = Field(alias="OIDC_JWKS_URL")
    citizen_issuer: str = Field(default="", alias="CITIZEN_ISSUER", description="Second issuer: the super app's citizens.")
    citizen_jwks_url: str = Field(default="", alias="CITIZEN_JWKS_URL")
    calls_per_service: int = Field(default=200, alias="CALLS_PER_SERVICE", ge=1)
    requests_per_minute: int = Field(default=60_000, alias="REQUESTS_PER_MINUTE", ge=0, description="0: no limit")
    intake_per_minute: int = Field(default=120_000, alias="INTAKE_PER_MINUTE", ge=0)
    log_level: str = Field(default="INFO", alias="LOG_LEVEL")
    otlp_endpoint: str = Field(default="", alias="OTEL_EXPORTER_OTLP_ENDPOINT")

    @model_validator(mode="after")
    def _production_needs_tls_issuers(self) -> Settings:
        if self.environment != "production":
            return self
        for name, value in (("OIDC_ISSUER", self.oidc_issuer), ("CITIZEN_ISSUER", self.citizen_issuer)):
            if value and not value.startswith("https://"):
                raise ValueError(f"KOTA_ENV=production needs an https {name}")
        if "guest:guest@" in self.amqp_uri.get_secret_value():
            raise ValueError("KOTA_ENV=production needs AMQP_URI with the gateway's own broker user")
        return self
