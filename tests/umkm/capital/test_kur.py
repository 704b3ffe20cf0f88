"""KUR: a rule and a letter."""

from __future__ import annotations

import io
from typing import Any

import pypdf
import pytest

from contracts import umkm as asked

from .desk import Desk


def check(desk: Desk, business: Any, rupiah: int) -> Any:
    """What is said of it."""
    return desk.office.ask(asked.CheckKur(business_id=business.id, rupiah=rupiah))


@pytest.mark.parametrize(
    ("rupiah", "tier", "collateral", "missing"),
    [
        (1, "super_micro", False, ()),
        (10_000_000, "super_micro", False, ()),
        (10_000_001, "micro", False, ()),
        (100_000_000, "micro", False, ()),
        (100_000_001, "small", True, ()),
        (500_000_000, "small", True, ()),
        (500_000_001, None, True, ("above_most",)),
    ],
)
def test_the_sizes(desk: Desk, rupiah: int, tier: str | None, collateral: bool, missing: tuple[str, ...]) -> None:
    told = check(desk, desk.office.verified(1, nib="1234567890123"), rupiah)
    assert (told.tier, told.collateral, told.missing, told.rate_basis_points) == (tier, collateral, missing, 600)


CAPITAL = {"basis": "capital", "rupiah": 50_000_000}


def test_a_business_of_three_months_needs_a_training(desk: Desk) -> None:
    young = desk.office.verified(1, nib="1234567890123", founded_on="2026-08-23", size=CAPITAL)
    younger = desk.office.verified(2, nib="1234567890124", founded_on="2026-08-24", size=CAPITAL)
    old = desk.office.verified(3, nib="1234567890125", founded_on="2026-05-23", size=CAPITAL)
    assert [check(desk, one, 1).missing for one in (young, younger, old)] == [("too_young",), ("too_young",), ()]
    desk.trained(young, younger)
    assert [check(desk, one, 1).missing for one in (young, younger)] == [(), ("too_young",)]


def test_the_letter_names_who_is_referred_and_nobody_who_does_not_meet_the_rule(desk: Desk) -> None:
    plain = desk.office.register(1)
    told = check(desk, plain, 5_000_000)
    assert told.missing == ("not_verified", "nib")
    letter = {"rupiah": 5_000_000, "use": "working_capital"}
    with pytest.raises(asked.KurRuleNotMet):
        desk.office.ask(asked.PrintKurReferral.model_validate({"business_id": plain.id, **letter}))
    business = desk.office.verified(2, nib="1234567890123", name="Keripik <b>Dua</b> & Anak")
    request = asked.PrintKurReferral.model_validate({"business_id": business.id, **letter})
    with pytest.raises(asked.PurposeNeeded):
        desk.office.ask(request, purpose=None)
    paper = desk.office.ask(request)
    text = pypdf.PdfReader(io.BytesIO(paper.content)).pages[0].extract_text()
    for part in ("Keripik <b>Dua</b> & Anak", "KUR super mikro", "Rp5.000.000", "modal kerja", "23 November 2026"):
        assert part in text
    printed = desk.office.rows("SELECT purpose FROM audit WHERE action = 'umkm.print_kur_referral'")
    assert [row.purpose for row in printed] == ["uji"]
