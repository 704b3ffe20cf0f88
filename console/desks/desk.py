"""What a desk is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter, Request

from ..visit import GetVisit, Visit

__all__ = ["Desk", "GetVisit", "stating"]


@dataclass(frozen=True)
class Desk:
    """`scopes`: who has one of them finds the desk in the menu. The API decides what they may do there."""

    name: str
    title: str
    path: str
    icon: str
    scopes: tuple[str, ...]
    folder: Path
    router: Callable[[GetVisit], APIRouter]


def stating(get_visit: GetVisit, purpose: str) -> GetVisit:
    """Visits whose reads say what personal data is looked at for; the service keeps it with who looked."""

    async def visit(request: Request) -> Visit:
        made = await get_visit(request)
        made.api = made.api.stating(purpose)
        return made

    return visit
