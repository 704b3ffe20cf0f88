"""A committee for tests: rounds of grants, two officers, two assessors, a manager; businesses are made up."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from contracts import umkm as asked
from contracts.context import Actor
from tests.umkm.office import MANAGER, Office, family_card

DESK = Actor(subject="desk-1", client="console")
SURVEYOR = Actor(subject="surveyor-1", client="console")
SCORE = frozenset({"umkm:score"})
PLAN = "oven gas dua loyang untuk pesanan hotel"
FINDINGS = "Dapur terpisah, dua karyawan, oven lama tidak merata."
DAYS = 10


def announced(office: Office, opens: float = 0, days: float = DAYS, **more: Any) -> Any:
    """A round that is open now, with three places and money for two and a half."""
    told = {
        "title": "Hibah alat produksi",
        "opens_at": office.now + timedelta(days=opens),
        "closes_at": office.now + timedelta(days=opens + days),
        "places": 3,
        "budget_rupiah": 10_000_000,
        "least_rupiah": 1_000_000,
        "most_rupiah": 4_000_000,
    } | more
    return office.ask(asked.AnnounceGrantRound.model_validate(told), MANAGER)


def business(office: Office, number: int, family: int | None = None, **more: Any) -> Any:
    """Verified, its family known."""
    return office.verified(number, owner={"family_card_number": family_card(family or number)}, **more)


def apply(office: Office, round: Any, of: Any, actor: Actor = DESK, rupiah: int = 4_000_000) -> Any:
    """An application."""
    told = {"round_id": round.id, "business_id": of.id, "rupiah": rupiah, "use": PLAN}
    return office.ask(asked.ApplyForGrant.model_validate(told), actor)


def review(office: Office, application: Any, passed: bool = True, *reasons: str, actor: Actor = DESK) -> Any:
    """The papers."""
    told = {"application_id": application.id, "passed": passed, "reasons": reasons}
    return office.ask(asked.ReviewGrant.model_validate(told), actor)


def survey(office: Office, application: Any, passed: bool = True, *reasons: str, actor: Actor = SURVEYOR) -> Any:
    """The visit, on the day of the office."""
    told = {"application_id": application.id, "passed": passed, "reasons": reasons, "findings": FINDINGS}
    return office.ask(asked.SurveyGrant.model_validate(told | {"visited_on": office.now.date()}), actor)


def assessor(number: int) -> Actor:
    """One who scores."""
    return Actor(subject=f"assessor-{number}", client="console", scopes=SCORE)


def score(office: Office, application: Any, number: int, points: int = 4) -> Any:
    """The same points for each criterion of its sheet."""
    waiting = office.ask(asked.ListGrantsToScore(limit=200), assessor(number)).items
    sheet = next(one.scoresheet for one in waiting if one.application_id == application.id)
    scores = [{"criterion": one.criterion, "points": points} for one in sheet.criteria]
    told = {"application_id": application.id, "scores": scores}
    return office.ask(asked.AssessGrant.model_validate(told), assessor(number))


def scored(office: Office, application: Any, points: int = 4) -> Any:
    """Looked at, visited and scored by two."""
    review(office, application)
    survey(office, application)
    for number in (1, 2):
        score(office, application, number, points)
    return application


def closed(office: Office, round: Any) -> None:
    """It is past its end."""
    office.now = max(office.now, round.closes_at)


def ranking(office: Office, round: Any) -> Any:
    """As the manager sees it."""
    return office.ask(asked.RankGrants(round_id=round.id), MANAGER)


def decide(office: Office, round: Any, granted: int, *otherwise: Any, actor: Actor = MANAGER) -> Any:
    """The whole round."""
    version = office.ask(asked.GetGrantRound(round_id=round.id)).version
    told = {"round_id": round.id, "version": version, "granted": granted, "otherwise": otherwise}
    return office.ask(asked.DecideGrants.model_validate(told), actor)


def shown(office: Office, application: Any, actor: Actor = DESK) -> Any:
    """As it is now."""
    return office.ask(asked.GetGrant(application_id=application.id), actor)
