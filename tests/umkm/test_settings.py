"""The address on certificates."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from services.umkm.handlers.public_address import PublicAddress


def test_certificates_name_the_public_page() -> None:
    told = PublicAddress(environment="production", url="https://layanan.example.id/")
    assert told.certificate("4152216333770") == "https://layanan.example.id/v1/umkm/certificates/4152216333770"


@pytest.mark.parametrize("url", ["", "http://127.0.0.1:8000", "http://layanan.example.id"])
def test_production_prints_no_address_that_citizens_can_not_trust(url: str) -> None:
    with pytest.raises(ValidationError, match="PUBLIC_URL"):
        PublicAddress(environment="production", url=url)
