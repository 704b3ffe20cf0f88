"""The tables of this service, and the columns that several of them share."""

from __future__ import annotations

from chassis.columns import locked, moment
from chassis.db import new_metadata

__all__ = ["CITIZEN", "locked", "metadata", "moment"]

metadata = new_metadata()
CITIZEN = "citizen"
"""The kind of row to which the super app's people are limited."""
