"""The tables of this service, and the columns that several of them share."""

from __future__ import annotations

from chassis.columns import Row, from_point, locked, moment, point, to_point
from chassis.db import new_metadata

__all__ = ["Row", "from_point", "locked", "metadata", "moment", "point", "to_point"]

metadata = new_metadata()
