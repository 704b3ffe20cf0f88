"""Columns that many tables have, and their way to and from the domain."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, DateTime, Double, RowMapping, Select

from contracts.geography import Point

Row = RowMapping | Mapping[str, Any]
"""As a query or a question gives it."""


def moment(name: str, *, required: bool = False) -> Column[Any]:
    """A point in time, UTC."""
    return Column(name, DateTime(timezone=True), nullable=not required)


def point(prefix: str = "", *, required: bool = False) -> tuple[Column[Any], Column[Any]]:
    """Two columns for a point, in degrees."""
    names = (f"{prefix}longitude", f"{prefix}latitude")
    return Column(names[0], Double, nullable=not required), Column(names[1], Double, nullable=not required)


def from_point(at: Point | None, prefix: str = "") -> dict[str, float | None]:
    """The values of those columns."""
    longitude, latitude = at.coordinates if at else (None, None)
    return {f"{prefix}longitude": longitude, f"{prefix}latitude": latitude}


def to_point(row: Row, prefix: str = "") -> Point | None:
    """The point of a row. Not validated again: it was when it came in."""
    if row[f"{prefix}longitude"] is None:
        return None
    # The type is named, too: pydantic would look for its default, which takes as long again.
    return Point.model_construct(type="Point", coordinates=(row[f"{prefix}longitude"], row[f"{prefix}latitude"]))


def locked(statement: Select[Any], lock: bool) -> Select[Any]:
    """The same statement, with its rows locked for a change if wanted."""
    return statement.with_for_update(key_share=True) if lock else statement
