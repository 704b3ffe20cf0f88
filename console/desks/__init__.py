"""The desks: each a folder with pages, templates, texts and static files. A new one is a folder and a row here."""

from __future__ import annotations

from . import dispatch, education, hearse, school, umkm
from .desk import Desk

DESKS: tuple[Desk, ...] = (dispatch.DESK, hearse.DESK, school.DESK, education.DESK, umkm.DESK)

__all__ = ["DESKS", "Desk"]
