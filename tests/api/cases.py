"""One request for every route, every field and every way in which that field can be wrong."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from gateway.table import Route

from .wrong import MARK, Raw, Schema, Wrong, encoded, resolved, valid, wrongs

USERS = {
    "ambulance:intake": "dispatcher",
    "ambulance:report": "dispatcher",
    "ambulance:read": "dispatcher",
    "ambulance:trip": "dispatcher",
    "ambulance:supervise": "supervisor",
    "ambulance:figures": "supervisor",
    "ambulance:dispatch": "dispatcher",
    "ambulance:crew": "fleet",
    "ambulance:manage": "manager",
    "hearse:read": "hearse-officer",
    "hearse:book": "hearse-officer",
    "hearse:schedule": "hearse-officer",
    "hearse:trip": "hearse-officer",
    "hearse:bookings": "hearse-officer",
    "hearse:places": "hearse-officer",
    "hearse:plan": "hearse-officer",
    "hearse:supervise": "hearse-supervisor",
    "hearse:manage": "hearse-manager",
    "education:read": "education-officer",
    "education:deaths": "education-officer",
    "education:rosters": "education-officer",
    "education:pupils": "education-officer",
    "education:enrol": "education-officer",
    "education:manage": "education-manager",
    "education:public": "education-officer",
    "education:apply": "education-officer",
    "education:confirm": "education-officer",
    "education:decide": "education-officer",
    "education:money": "education-treasurer",
    "education:pay": "education-treasurer",
    "education:approve": "education-manager",
    "education:family": "super-app",
    "umkm:register": "umkm-officer",
    "umkm:businesses": "umkm-officer",
    "umkm:verify": "umkm-officer",
    "umkm:train": "umkm-officer",
    "umkm:seats": "umkm-officer",
    "umkm:public": "umkm-officer",
    "umkm:sell": "umkm-officer",
    "umkm:assess": "umkm-officer",
    "umkm:decide": "umkm-manager",
    "umkm:report": "umkm-officer",
    "umkm:certify": "umkm-manager",
    "umkm:read": "umkm-officer",
    "umkm:borrow": "umkm-officer",
    "umkm:lend": "umkm-officer",
    "umkm:capital": "umkm-officer",
    "umkm:bankfiles": "umkm-officer",
    "umkm:credit": "bank-analyst",
    "umkm:terms": "umkm-manager",
    "umkm:grants": "umkm-officer",
    "umkm:loans": "umkm-officer",
    "umkm:score": "umkm-assessor",
}
"""Who may make requests of each scope, so that nothing but the wrong field can be the reason of a refusal."""

WORDS = frozenset({"class_name", "q", "search"})
"""Query parameters that hold whatever people write."""

COORDINATES: tuple[list[object], ...] = (
    [],
    [106.6],
    [106.6, -6.1, 0],
    [-6.1, 106.6],
    [0, 0],
    ["106.6", "-6.1"],
    [True, False],
    [1e300, 1],
)

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Case:
    """One request and where its reply's `errors` must point."""

    route: Route
    label: str
    pointer: str
    url: str
    body: bytes | None
    unreadable: bool = False
    echo: str = ""

    @property
    def user(self) -> str:
        """A demo user who may do this."""
        return USERS[self.route.scope]

    def __str__(self) -> str:
        return f"{self.route.method} {self.route.path} {self.pointer or 'body'}: {self.label}"


class Bench:
    """A route's valid request, to be spoilt in one place at a time."""

    def __init__(self, route: Route) -> None:
        self.route, self.root = route, route.request.model_json_schema()
        everything = valid("", self.root, self.root)
        self.path = {name: everything.pop(name) for name in route.path_fields}
        self.fields: dict[str, Any] = everything

    def cases(self) -> Iterator[Case]:
        """All of this route."""
        properties: dict[str, Schema] = self.root.get("properties", {})
        for name in self.route.path_fields:
            yield from self._of_path(name, properties[name])
        outside = {name: schema for name, schema in properties.items() if name not in self.path}
        if self.route.reads:
            for name, schema in outside.items():
                yield from self._of_query(name, schema)
            yield self._query("unknown", "surprise", [("surprise", MARK)])
            return
        for name, schema in outside.items():
            yield from self._of_body(name, schema, (name,))
        yield from self._of_whole_body()

    def valid(self) -> Case:
        """The request with nothing wrong in it."""
        if self.route.reads:
            query = "?" + urlencode({k: v for k, v in self.fields.items() if k not in ("cursor", "incident_id")})
            return Case(self.route, "valid", "", self._url() + query, None)
        return Case(self.route, "valid", "", self._url(), encoded(self.fields).encode())

    def _url(self, **spoilt: str) -> str:
        values = {name: spoilt.get(name) or quote(str(value), safe="") for name, value in self.path.items()}
        return self.route.path.format(**values)

    def _of_path(self, name: str, schema: Schema) -> Iterator[Case]:
        body = None if self.route.reads else encoded(self.fields).encode()
        texts = ["a%00b"]
        if schema.get("format") == "uuid" or schema.get("type") == "integer":
            texts += [MARK, "%FF", "%ED%A0%80", "%20", "null", "1.5", "9" * 60, MARK * 500, "%E2%80%AE", "NaN", "{}"]
        if "maxLength" in schema:
            texts += ["A" * (schema["maxLength"] + 1), "%F0%9F%98%80" * (schema["maxLength"] + 1)]
        if schema.get("type") == "integer":
            texts += ["0", "-1", str(schema["maximum"] + 1)]
        for text in texts:
            yield Case(self.route, f"path {text[:30]}", f"/path/{name}", self._url(**{name: text}), body)
        if body is not None:
            doubled = encoded({**self.fields, name: self.path[name]}).encode()
            yield Case(self.route, "path field in the body too", f"/{name}", self._url(), doubled)

    def _of_query(self, name: str, schema: Schema) -> Iterator[Case]:
        schema, _ = resolved(schema, self.root)
        texts = ["", MARK, f"{MARK}\0", "NaN", "1e400", "[]", "{}", "null", "\u202e", "😀", "\r\nx: y"]
        if schema.get("type") == "integer":
            texts += ["1.5", "9" * 400, str(schema["minimum"] - 1), str(schema["maximum"] + 1), "0x10", "true"]
        if "pattern" in schema:
            texts = ["", f"{MARK}\0", "a b", "\u202e", "😀", "\r\n", "a" * (schema.get("maxLength", 200) + 1)]
            texts += [] if self.path else ["AAAA", "e30"]  # what the cursor is of is not there
        words = name in WORDS
        if words:
            texts = ["", f"{MARK}\0", "a" * (schema["maxLength"] + 1)]
        for text in texts:
            yield self._query(f"query {text[:20]!r}", name, [(name, text)])
        good = str(self.fields[name])
        yield self._query("twice", name, [(name, good), (name, good)])
        for bytes_ in () if words else ("%FF", "%ED%A0%80"):
            yield Case(self.route, bytes_, f"/query/{name}", f"{self._url()}?{name}={bytes_}", None)

    def _query(self, label: str, name: str, sent: list[tuple[str, str]]) -> Case:
        return Case(self.route, label, f"/query/{name}", f"{self._url()}?{urlencode(sent)}", None, echo=MARK)

    def _of_body(self, name: str, schema: Schema, place: Path) -> Iterator[Case]:
        schema, nullable = resolved(schema, self.root)
        for wrong in wrongs(schema, nullable):
            yield self._body(wrong, place)
        properties = schema.get("properties")
        if properties is not None:
            yield self._body(Wrong("an unknown field", MARK), (*place, "surprise"))
        for inner, one in (properties or {}).items():
            yield from self._of_body(inner, one, (*place, inner))
        if schema.get("type") == "array" and "items" in schema and name != "coordinates":
            yield from self._of_body("", schema["items"], (*place, 0))
        if name == "coordinates":
            yield from self._of_coordinates(place)

    def _of_coordinates(self, place: Path) -> Iterator[Case]:
        for wrong in COORDINATES:
            yield self._body(Wrong(f"coordinates {wrong}", wrong), place)
        for raw in (Raw("NaN"), Raw("Infinity")):
            yield self._body(Wrong("not finite", raw, unreadable=True), (*place, 0))
        yield self._body(Wrong("overflow", Raw("1e400"), unreadable=True), (*place, 1))

    def _body(self, wrong: Wrong, place: Path) -> Case:
        spoilt = copy.deepcopy(self.fields)
        target: Any = spoilt
        for step in place[:-1]:
            target = target[step]
        target[place[-1]] = wrong.value
        pointer = "".join(f"/{step}" for step in place)
        return Case(
            self.route, wrong.label, pointer, self._url(), encoded(spoilt).encode(), wrong.unreadable, echo=MARK
        )

    def _of_whole_body(self) -> Iterator[Case]:
        text = encoded(self.fields)
        first = next(iter(self.fields), "")
        twice = f'{{"{first}":{encoded(self.fields[first])},{text[1:]}' if first else '{"a":1,"a":'
        bodies = {
            "twice the same field": twice.encode(),
            "null": b"null",
            "a list": b"[]",
            "a text": f'"{MARK}"'.encode(),
            "a number": b"1e400",
            "cut off": text.encode()[:-1],
            "more after it": text.encode() + b"}",
            "not UTF-8": b'{"' + MARK.encode() + b'\xff":1}',
            "a byte order mark": b"\xef\xbb\xbf" + text.encode(),
            "UTF-16": text.encode("utf-16"),
            "only spaces": b"  ",
            "bottomless": b'{"a":' * 5000 + b"1" + b"}" * 5000,
            "a comment": b"/* */" + text.encode(),
        }
        for label, body in bodies.items():
            yield Case(self.route, label, "", self._url(), body, unreadable=True, echo=MARK)
        yield self._body(Wrong("an unknown field", MARK), ("surprise",))
        yield Case(
            self.route,
            "a query parameter",
            "/query/surprise",
            self._url() + f"?surprise={MARK}",
            text.encode(),
            echo=MARK,
        )
