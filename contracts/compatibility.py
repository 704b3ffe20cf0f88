"""Is a new JSON schema of a contract compatible with an old one? Pure: two schemas in, a list of breaks out.

What may change depends on who reads what another wrote:

    event    old readers meet new events and new readers meet old ones: nothing narrows, nothing widens; a field may
             be added if it is optional
    request  old callers meet a new service: nothing narrows, no field goes or becomes required
    reply    old callers meet a new service: nothing widens, no field goes or becomes optional
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["event", "request", "reply"]
Schema = dict[str, Any]

ANY = "any"
_LOWER = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
_UPPER = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
_EXACT = ("pattern", "format", "multipleOf", "uniqueItems")


@dataclass(frozen=True)
class Break:
    """One incompatibility: the field's path (`/patients/*/name`), the rule, and what changed."""

    path: str
    rule: str
    detail: str

    def __str__(self) -> str:
        return f"{self.path or '/'}: {self.rule}: {self.detail}"


def compare(old: Schema, new: Schema, kind: Kind) -> list[Break]:
    """Every way in which `new` breaks those who rely on `old`; empty if it is compatible."""
    comparison = _Comparison(kind, old.get("$defs", {}), new.get("$defs", {}))
    return list(dict.fromkeys(comparison.node(old, new, "")))


@dataclass
class _Comparison:
    kind: Kind
    old_definitions: Schema
    new_definitions: Schema
    seen: set[tuple[str, str]] = field(default_factory=set)

    def node(self, old: Schema, new: Schema, path: str) -> Iterator[Break]:
        """Compare what two places of the schemas allow."""
        pair = (old.get("$ref", ""), new.get("$ref", ""))
        if all(pair) and pair in self.seen:
            return  # a model that contains itself
        self.seen.add(pair)
        before, after = _keyed(self._branches(old, True), self._branches(new, False))
        yield from self._types(set(before), set(after), path)
        for key in before.keys() & after.keys():
            yield from self._branch(before[key], after[key], path)
        self.seen.discard(pair)

    def _branches(self, schema: Schema, is_old: bool) -> list[Schema]:
        """The alternatives at one place, references resolved, a list of types taken apart."""
        if reference := schema.get("$ref"):
            definitions = self.old_definitions if is_old else self.new_definitions
            return self._branches(definitions[reference.rpartition("/")[2]], is_old)
        for union in ("anyOf", "oneOf", "allOf"):
            if union in schema:
                return [branch for part in schema[union] for branch in self._branches(part, is_old)]
        types = schema.get("type", _implied_type(schema))
        return [schema | {"type": name} for name in (types if isinstance(types, list) else [types])]

    def _types(self, before: set[str], after: set[str], path: str) -> Iterator[Break]:
        gone = {name for name in before - after if not _covered(name, after)}
        come = {name for name in after - before if not _covered(name, before)}
        change = f"{_list(before)} became {_list(after)}"
        if gone:
            yield from self._narrowed(path, "type narrowed", change)
        if come:
            yield from self._widened(path, "type widened", change)

    def _branch(self, old: Schema, new: Schema, path: str) -> Iterator[Break]:
        yield from self._values(old, new, path)
        yield from self._limits(old, new, path)
        if old["type"] == "object":
            yield from self._fields(old, new, path)
        yield from self._contents(old, new, path)

    def _values(self, old: Schema, new: Schema, path: str) -> Iterator[Break]:
        before, after = _allowed(old), _allowed(new)
        if before == after:
            return
        if after is not None and (before is None or before - after):
            lost = _list(before - after) if before else "every other value"
            yield from self._narrowed(path, "value removed", lost)
        if before is not None and (after is None or after - before):
            more = _list(after - before) if after else "every other value"
            yield from self._widened(path, "value added", more)

    def _limits(self, old: Schema, new: Schema, path: str) -> Iterator[Break]:
        for name in (*_LOWER, *_UPPER, *_EXACT):
            before, after = old.get(name), new.get(name)
            if before == after:
                continue
            change = f"{name} {before} became {after}"
            if _tighter(name, before, after):
                yield from self._narrowed(path, "constraint tightened", change)
            if _tighter(name, after, before):
                yield from self._widened(path, "constraint loosened", change)

    def _fields(self, old: Schema, new: Schema, path: str) -> Iterator[Break]:
        before, after = old.get("properties", {}), new.get("properties", {})
        was, now = set(old.get("required", ())), set(new.get("required", ()))
        for name in before.keys() - after.keys():
            yield Break(f"{path}/{name}", "field removed", "others still send or read it")
        for name in now - was:
            yield from self._narrowed(f"{path}/{name}", "field required", "old messages come without it")
        for name in (was - now) & after.keys():
            yield from self._widened(f"{path}/{name}", "field optional", "readers rely on it")
        for name in before.keys() & after.keys():
            yield from self.node(before[name], after[name], f"{path}/{name}")

    def _contents(self, old: Schema, new: Schema, path: str) -> Iterator[Break]:
        """Items of arrays, places of tuples, values of maps."""
        for name in ("items", "additionalProperties"):
            if name not in old and name not in new:
                continue
            before, after = _contained(old, name), _contained(new, name)
            if before is not None and after is not None:
                yield from self.node(before, after, f"{path}/*")
            elif before is not None:
                yield from self._narrowed(path, "constraint tightened", f"{name} are refused")
            elif after is not None:
                yield from self._widened(path, "constraint loosened", f"{name} are allowed")
        # Tuples of different lengths differ in minItems already.
        places = zip(old.get("prefixItems", ()), new.get("prefixItems", ()), strict=False)
        for place, (before, after) in enumerate(places):
            yield from self.node(before, after, f"{path}/{place}")

    def _narrowed(self, path: str, rule: str, detail: str) -> Iterator[Break]:
        if self.kind in ("event", "request"):
            yield Break(path, rule, detail)

    def _widened(self, path: str, rule: str, detail: str) -> Iterator[Break]:
        if self.kind in ("event", "reply"):
            yield Break(path, rule, detail)


def _keyed(old: list[Schema], new: list[Schema]) -> tuple[dict[str, Schema], dict[str, Schema]]:
    """Branches by type; where one type stands several times on a side, by type and title, format or value."""
    many = {name for side in (old, new) for name in _repeated([branch["type"] for branch in side])}
    return {_key(branch, many): branch for branch in old}, {_key(branch, many): branch for branch in new}


def _key(branch: Schema, many: set[str]) -> str:
    kind = str(branch["type"])
    if kind not in many:
        return kind
    marks = (branch.get(name) for name in ("format", "const", "pattern", "title"))
    # Nameless twins are told apart by all that they say: a change of one is then seen as one gone and one come.
    return f"{kind} {next(filter(None, marks), None) or json.dumps(branch, sort_keys=True)}"


def _repeated(names: list[str]) -> set[str]:
    return {name for name in names if names.count(name) > 1}


def _implied_type(schema: Schema) -> str:
    return "object" if "properties" in schema else ANY


def _covered(name: str, others: set[str]) -> bool:
    return ANY in others or (name == "integer" and "number" in others)


def _allowed(schema: Schema) -> frozenset[str] | None:
    """The values of an enumeration as text; None if every value is allowed."""
    if "const" in schema:
        return frozenset({repr(schema["const"])})
    return frozenset(repr(value) for value in schema["enum"]) if "enum" in schema else None


def _tighter(name: str, before: Any, after: Any) -> bool:
    if after is None:
        return False
    if before is None or name in _EXACT:
        return True
    return bool(after > before if name in _LOWER else after < before)


def _contained(schema: Schema, name: str) -> Schema | None:
    """The schema of what is contained; None if nothing may be, an empty schema if anything may."""
    value = schema.get(name, True)
    if isinstance(value, dict):
        return value
    return {} if value else None


def _list(values: set[str] | frozenset[str]) -> str:
    return " or ".join(sorted(values)) or "nothing"
