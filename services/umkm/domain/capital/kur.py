"""KUR, the state's credit by banks: not ours. Whether its rule is met is looked at before the office refers somebody.

Permenko Perekonomian 7/2025, in force since January 2026: super mikro up to Rp10 million, mikro up to 100, kecil up to
500; 6 % a year, flat; above 100 million a bank may ask for more collateral. A business has been running for six months,
or three if its owner has passed a training.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from contracts.umkm import BusinessState, KurMissing, KurTier

from ..business import Business

TIERS = ((10_000_000, KurTier.SUPER_MICRO), (100_000_000, KurTier.MICRO), (500_000_000, KurTier.SMALL))
MOST = TIERS[-1][0]
FREE_OF_COLLATERAL = 100_000_000
RATE_BASIS_POINTS = 600
MONTHS, MONTHS_TRAINED = 6, 3


@dataclass(frozen=True, slots=True)
class KurCheck:
    """`missing` is empty when the rule is met."""

    tier: KurTier | None
    collateral: bool
    missing: tuple[KurMissing, ...]


def check(business: Business, resident: bool, certificates: int, rupiah: int, today: date) -> KurCheck:
    """By what the office knows; the bank judges for itself."""
    missing = []
    tier = next((tier for most, tier in TIERS if rupiah <= most), None)
    if tier is None:
        missing.append(KurMissing.ABOVE_MOST)
    if business.state is not BusinessState.VERIFIED:
        missing.append(KurMissing.NOT_VERIFIED)
    if business.nib is None:
        missing.append(KurMissing.NIB)
    if not resident:
        missing.append(KurMissing.RESIDENT)
    if _months(business.founded_on, today) < (MONTHS_TRAINED if certificates else MONTHS):
        missing.append(KurMissing.TOO_YOUNG)
    return KurCheck(tier, rupiah > FREE_OF_COLLATERAL, tuple(missing))


def _months(since: date, today: date) -> int:
    """Whole months."""
    return (today.year - since.year) * 12 + today.month - since.month - (today.day < since.day)
