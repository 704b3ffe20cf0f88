"""The console's configuration: environment variables, typed."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from .session.sealing import read_keys

ASSETS = Path(__file__).resolve().parent.parent / ".assets"


class Settings(BaseSettings):
    """What the console process reads. Raises a validation error that names what is missing."""

    model_config = SettingsConfigDict(extra="ignore", populate_by_name=True)

    environment: Literal["development", "production"] = Field(default="development", alias="KOTA_ENV")
    host: str = Field(default="127.0.0.1", alias="CONSOLE_HOST")
    port: int = Field(default=8002, alias="CONSOLE_PORT", ge=0, le=65535)
    url: str = Field(default="", alias="CONSOLE_URL", description="The address that browsers use; default: this port.")
    session_keys: SecretStr = Field(alias="CONSOLE_SESSION_KEYS", description="Of 32 bytes in base64; the first seals.")
    gateway_url: str = Field(default="http://127.0.0.1:8000", alias="GATEWAY_URL")
    oidc_issuer: str = Field(alias="OIDC_ISSUER")
    client_id: str = Field(default="console", alias="OIDC_CLIENT_ID")
    client_secret: SecretStr | None = Field(default=None, alias="OIDC_CLIENT_SECRET")
    assets: Path = Field(default=ASSETS, alias="CONSOLE_ASSETS")
    api_seconds: float = Field(default=8.0, alias="API_SECONDS", gt=0, description="For a reply of the gateway.")
    log_level: str = Field(default="INFO", alias="LOG_LEVEL")
    otlp_endpoint: str = Field(default="", alias="OTEL_EXPORTER_OTLP_ENDPOINT")

    @field_validator("session_keys")
    @classmethod
    def _usable(cls, keys: SecretStr) -> SecretStr:
        read_keys(keys.get_secret_value())
        return keys

    @model_validator(mode="after")
    def _addresses(self) -> Settings:
        self.url = (self.url or f"http://{self.host}:{self.port}").removesuffix("/")
        self.gateway_url, self.oidc_issuer = self.gateway_url.removesuffix("/"), self.oidc_issuer.removesuffix("/")
        if self.environment == "production":
            for name, value in {"CONSOLE_URL": self.url, "OIDC_ISSUER": self.oidc_issuer}.items():
                if not value.startswith("https://"):
                    raise ValueError(f"KOTA_ENV=production needs an https {name}")
        return self

    @property
    def secure(self) -> bool:
        """True if browsers come by https."""
        return self.url.startswith("https://")
