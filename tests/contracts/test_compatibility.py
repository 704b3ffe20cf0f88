"""Which changes of a contract break whom. Each case is a change that somebody will want to make one day."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Literal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, TypeAdapter, create_model

from contracts import EVENTS, REQUESTS
from contracts.compatibility import Kind, compare
from contracts.generate import documents

KINDS: tuple[Kind, ...] = ("event", "request", "reply")


class Two(StrEnum):
    A = "a"
    B = "b"


class Three(StrEnum):
    A = "a"
    B = "b"
    C = "c"


def schema(**fields: Any) -> dict[str, Any]:
    """Schema of a model with these fields; a tuple is (type, default)."""
    definitions: dict[str, Any] = {
        name: field if isinstance(field, tuple) else (field, ...) for name, field in fields.items()
    }
    return create_model("Sample", **definitions).model_json_schema()


def rules(old: dict[str, Any], new: dict[str, Any], kind: Kind) -> set[tuple[str, str]]:
    return {(found.path, found.rule) for found in compare(old, new, kind)}


INNER_OLD: Any = create_model("Inner", a=(int, ...), b=(int, ...))
INNER_NEW: Any = create_model("Inner", a=(int, ...))
INNER_TEXT: Any = create_model("Inner", a=(str, ...), b=(int, ...))
OTHER: Any = create_model("Other", c=(int, ...))
SHORT = Annotated[str, Field(max_length=5)]
LONG = Annotated[str, Field(max_length=9)]
LOW = Annotated[int, Field(ge=0)]
HIGH = Annotated[int, Field(ge=1)]

# old, new, then what breaks as event, as request, as reply: a rule at a path, or None
CASES: dict[str, tuple[Any, ...]] = {
    "nothing": ({"x": int}, {"x": int}, None, None, None),
    "optional field added": ({"x": int}, {"x": int, "y": (int, 1)}, None, None, None),
    "required field added": ({"x": int}, {"x": int, "y": int}, "/y field required", "/y field required", None),
    "field removed": ({"x": int, "y": int}, {"x": int}, *["/y field removed"] * 3),
    "optional field removed": ({"x": int, "y": (int, 1)}, {"x": int}, *["/y field removed"] * 3),
    "required became optional": ({"x": int}, {"x": (int, 1)}, "/x field optional", None, "/x field optional"),
    "optional became required": ({"x": (int, 1)}, {"x": int}, "/x field required", "/x field required", None),
    "type changed": ({"x": int}, {"x": str}, "/x type narrowed", "/x type narrowed", "/x type widened"),
    "number to integer": ({"x": float}, {"x": int}, "/x type narrowed", "/x type narrowed", None),
    "integer to number": ({"x": int}, {"x": float}, "/x type widened", None, "/x type widened"),
    "null allowed": ({"x": int}, {"x": int | None}, "/x type widened", None, "/x type widened"),
    "null refused": ({"x": int | None}, {"x": int}, "/x type narrowed", "/x type narrowed", None),
    "anything became text": ({"x": Any}, {"x": str}, "/x type narrowed", "/x type narrowed", None),
    "text became anything": ({"x": str}, {"x": Any}, "/x type widened", None, "/x type widened"),
    "format added": ({"x": str}, {"x": UUID}, "/x constraint tightened", "/x constraint tightened", None),
    "format removed": ({"x": UUID}, {"x": str}, "/x constraint loosened", None, "/x constraint loosened"),
    "enum value added": ({"x": Two}, {"x": Three}, "/x value added", None, "/x value added"),
    "enum value removed": ({"x": Three}, {"x": Two}, "/x value removed", "/x value removed", None),
    "text became enum": ({"x": str}, {"x": Two}, "/x value removed", "/x value removed", None),
    "constant changed": ({"x": Literal["a"]}, {"x": Literal["b"]},
        "/x value added", "/x value removed", "/x value added"),
    "maximum lowered": ({"x": LONG}, {"x": SHORT}, "/x constraint tightened", "/x constraint tightened", None),
    "maximum raised": ({"x": SHORT}, {"x": LONG}, "/x constraint loosened", None, "/x constraint loosened"),
    "minimum raised": ({"x": LOW}, {"x": HIGH}, "/x constraint tightened", "/x constraint tightened", None),
    "minimum appeared": ({"x": int}, {"x": LOW}, "/x constraint tightened", "/x constraint tightened", None),
    "inner field removed": ({"x": INNER_OLD}, {"x": INNER_NEW}, *["/x/b field removed"] * 3),
    "inner field in a list": ({"x": list[INNER_OLD]}, {"x": list[INNER_NEW]}, *["/x/*/b field removed"] * 3),
    "inner field in a map": ({"x": dict[str, INNER_OLD]}, {"x": dict[str, INNER_NEW]}, *["/x/*/b field removed"] * 3),
    "inner field behind null": ({"x": INNER_OLD | None}, {"x": INNER_NEW | None}, *["/x/b field removed"] * 3),
    "inner type changed": ({"x": INNER_OLD}, {"x": INNER_TEXT},
        "/x/a type narrowed", "/x/a type narrowed", "/x/a type widened"),
    "place of a tuple": ({"x": tuple[int, int]}, {"x": tuple[int, str]},
        "/x/1 type narrowed", "/x/1 type narrowed", "/x/1 type widened"),
    "tuple shortened": ({"x": tuple[int, int]}, {"x": tuple[int]},
        "/x constraint tightened", "/x constraint tightened", "/x constraint loosened"),
    "one of two models": ({"x": INNER_OLD | OTHER}, {"x": INNER_NEW | OTHER}, *["/x/b field removed"] * 3),
    "one of two formats": ({"x": UUID | date}, {"x": date}, "/x type narrowed", "/x type narrowed", None),
    "one of two lists": (
        {"x": list[int] | list[str]}, {"x": list[bool] | list[str]},
        "/x type narrowed", "/x type narrowed", "/x type widened",
    ),
    "union grew": ({"x": INNER_OLD | UUID}, {"x": INNER_OLD | UUID | int}, "/x type widened", None, "/x type widened"),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", CASES)
def test_a_change_breaks_those_who_rely_on_the_old(name: str, kind: Kind) -> None:
    old, new, *expected = CASES[name]
    found = {f"{path} {rule}" for path, rule in rules(schema(**old), schema(**new), kind)}
    wanted = expected[KINDS.index(kind)]
    assert (wanted in found) if wanted else not found


def test_additional_fields_refused() -> None:
    open_, closed = (
        {"type": "object", "properties": {}},
        {"type": "object", "properties": {}, "additionalProperties": False},
    )
    assert rules(open_, closed, "request") == {("", "constraint tightened")}
    assert not rules(closed, open_, "request")


def test_descriptions_titles_defaults_and_examples_may_change() -> None:
    old = schema(x=(int, Field(default=1, description="a", title="A", examples=[1])))
    new = schema(x=(int, Field(default=2, description="b", title="B")))
    assert [compare(old, new, kind) for kind in KINDS] == [[], [], []]


def test_a_model_that_contains_itself_is_compared_once() -> None:
    def tree(leaf: type) -> dict[str, Any]:
        node = {"type": "object", "properties": {"kids": {"type": "array", "items": {"$ref": "#/$defs/Node"}}}}
        node["properties"]["leaf"] = TypeAdapter(leaf).json_schema()  # type: ignore[index]
        return {"$defs": {"Node": node}, "$ref": "#/$defs/Node"}

    assert not compare(tree(int), tree(int), "event")
    assert rules(tree(int), tree(str), "reply") == {("/leaf", "type widened")}


@cache
def all_schemas() -> list[tuple[Kind, dict[str, Any]]]:
    found = documents(EVENTS, REQUESTS).values()
    return [(kind, document[kind]) for document in found for kind in KINDS if kind in document]


def test_every_contract_is_compatible_with_itself() -> None:
    for kind, own in all_schemas():
        assert not compare(own, own, kind)


@given(data=st.data())
def test_a_field_dropped_from_any_contract_is_found(data: st.DataObject) -> None:
    kind, own = data.draw(st.sampled_from([pair for pair in all_schemas() if pair[1].get("properties")]))
    name = data.draw(st.sampled_from(sorted(own["properties"])))
    less = own | {"properties": {key: value for key, value in own["properties"].items() if key != name}}
    assert (f"/{name}", "field removed") in rules(own, less, kind)
