"""KUR."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from ...base import View
from ..capital_values import KurMissing, KurTier


class KurCheckView(View):
    """By Permenko 7/2025; the bank judges for itself."""

    business_id: UUID
    rupiah: int
    tier: KurTier | None = Field(default=None, description="None: above the most that KUR gives.")
    rate_basis_points: int = Field(description="A year, flat, in hundredths of a percent.")
    collateral: bool = Field(description="Whether a bank may ask for more than what is financed.")
    missing: tuple[KurMissing, ...]
