"""What a desk is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter

from ..visit import GetVisit

__all__ = ["Desk", "GetVisit"]


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
