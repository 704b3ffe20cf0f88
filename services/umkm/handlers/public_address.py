"""Where the city's public pages are: printed on certificates, so a wrong address would be on paper for years."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

LAPTOP = "http://127.0.0.1:8000"


class PublicAddress(BaseSettings):
    """`PUBLIC_URL` is the gateway's address as citizens reach it."""

    model_config = SettingsConfigDict(extra="ignore", populate_by_name=True)

    environment: Literal["development", "production"] = Field(default="development", alias="KOTA_ENV")
    url: str = Field(default=LAPTOP, alias="PUBLIC_URL", max_length=200)

    @model_validator(mode="after")
    def _production_is_public(self) -> PublicAddress:
        if self.environment == "production" and not self.url.startswith("https://"):
            raise ValueError("KOTA_ENV=production needs PUBLIC_URL, the https address that citizens use")
        return self

    def certificate(self, code: str) -> str:
        """The public page of a certificate."""
        return f"{self.url.rstrip('/')}/v1/umkm/certificates/{code}"


PUBLIC = PublicAddress()
"""Read when the service starts, so that a missing address stops the start and not the first print."""
