"""Parents, through the super app: their own children only."""

from __future__ import annotations

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from ...base import Query, Request
from ...identity import Nik, Nisn
from ...times import Day
from ..views import ChildLink, ChildList


class LinkChild(Request, operation="education.link_child", scope="education:family", reply=ChildLink):
    """Say whose parent or guardian one is: one's own NIK as the school's list has it, the child's NISN or NIK, and the
    birth date. All must fit; nothing is said of what did not. Five tries a day."""

    nik: Nik = Field(repr=False, description="Of the parent or guardian.")
    child_nisn: Nisn | None = Field(default=None, repr=False)
    child_nik: Nik | None = Field(default=None, repr=False)
    birth_date: Day = Field(repr=False)

    @model_validator(mode="after")
    def _one_number(self) -> LinkChild:
        if (self.child_nisn is None) == (self.child_nik is None):
            raise PydanticCustomError("one_number", "send the child's NISN or NIK", {"fix": "send one of the two"})
        return self


class ListMyChildren(Query, operation="education.list_my_children", scope="education:family", reply=ChildList):
    """The children of whoever asks, with their present school."""


__all__ = ["LinkChild", "ListMyChildren"]
