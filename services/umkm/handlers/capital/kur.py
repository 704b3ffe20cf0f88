"""KUR: the rule looked at, a letter to the bank."""

from __future__ import annotations

from chassis.work import Work
from contracts.files import Pdf
from contracts.umkm import CheckKur, KurCheckView, KurRuleNotMet, PrintKurReferral

from ...domain.business import Business
from ...domain.capital.kur import RATE_BASIS_POINTS, KurCheck, check
from ...domain.owner import Owner
from .. import find
from ..day import today
from . import ladder
from .letter import kur_referral


def check_kur(work: Work, query: CheckKur) -> KurCheckView:
    """What is missing, if anything."""
    business = find.business(work, query.business_id)
    found = _check(work, business, find.owner_of(work, business.owner_id), query.rupiah)
    return KurCheckView(
        business_id=business.id,
        rupiah=query.rupiah,
        tier=found.tier,
        rate_basis_points=RATE_BASIS_POINTS,
        collateral=found.collateral,
        missing=found.missing,
    )


def print_kur_referral(work: Work, request: PrintKurReferral) -> Pdf:
    """For who meets the rule."""
    find.require_purpose(work)
    business = find.business(work, request.business_id)
    owner = find.owner_of(work, business.owner_id)
    found = _check(work, business, owner, request.rupiah)
    if found.missing or found.tier is None:
        raise KurRuleNotMet(missing=list(map(str, found.missing)))
    work.audit(business.id, kur_referral=True, tier=found.tier, rupiah=request.rupiah)
    content = kur_referral(business, owner, found.tier, request.rupiah, request.use, today(work))
    return Pdf(file_name=f"rujukan-kur-{business.id}.pdf", content=content)


def _check(work: Work, business: Business, owner: Owner, rupiah: int) -> KurCheck:
    return check(business, owner.resident, ladder.certificates_of(work, owner), rupiah, today(work))
