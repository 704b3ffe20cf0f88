"""The world around us is out of order: try again later."""

from __future__ import annotations

import psycopg
import sqlalchemy.exc

from .errors import BROKER_FAULTS

DATABASE_FAULTS = (
    psycopg.OperationalError,
    psycopg.InterfaceError,
    sqlalchemy.exc.OperationalError,
    sqlalchemy.exc.InterfaceError,
    sqlalchemy.exc.TimeoutError,
)
FAULTS = (*DATABASE_FAULTS, *BROKER_FAULTS)
