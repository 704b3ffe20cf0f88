"""JSON Schemas of requests and replies, from the contracts; without the fields that stand in the path."""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import deepcopy
from typing import Any

import orjson
from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from contracts.base import Request
from contracts.files import StoredFile

from ..files import answers_file
from ..table import Route

REF = "#/components/schemas/{model}"
Wanted = tuple[type[BaseModel], JsonSchemaMode]


_OF_A_SERVICE = re.compile(r"contracts__([a-z]+)__(?:[a-z_]+__)*([A-Z]\w*)")


def _named(schemas: Any) -> Any:
    """Two services that use one name get theirs in front: `HearseAlertView`, not the path of a module."""
    text = orjson.dumps(schemas).decode()
    return orjson.loads(_OF_A_SERVICE.sub(lambda found: found[1].capitalize() + found[2], text))


class Schemas:
    """All shared schemas (`components`), and per request the pieces that an operation needs."""

    def __init__(self, routes: Iterable[Route]) -> None:
        rows = list(routes)
        wanted: list[Wanted] = [(route.request, "validation") for route in rows]
        wanted += [(route.request.reply, "serialization") for route in rows]
        references, definitions = models_json_schema(list(dict.fromkeys(wanted)), ref_template=REF)
        self._references: dict[Any, Any] = {key: _named(reference) for key, reference in references.items()}
        self.components: dict[str, Any] = _named(definitions["$defs"])
        for route in rows:
            if answers_file(route):  # its bytes are sent as they are
                self.components.pop(self._name(route.request.reply, "serialization"), None)
        self._requests = {route.request: self._name(route.request, "validation") for route in rows}
        self._full = {name: deepcopy(self.components[name]) for name in self._requests.values()}
        self._strip(rows)

    def field(self, request: type[Request], name: str) -> tuple[dict[str, Any], bool]:
        """The schema of one field and whether it is required."""
        full = self._full[self._requests[request]]
        return full["properties"][name], name in full.get("required", ())

    def fields(self, request: type[Request]) -> list[str]:
        """The names of a request's fields."""
        return list(self._full[self._requests[request]].get("properties", {}))

    def body(self, request: type[Request]) -> dict[str, Any]:
        """A reference to the body's schema."""
        return {"$ref": REF.format(model=self._requests[request])}

    def body_required(self, request: type[Request]) -> bool:
        """True if an empty body cannot be right."""
        return bool(self.components[self._requests[request]].get("required"))

    def reply(self, request: type[Request]) -> dict[str, Any]:
        """A reference to the reply's schema."""
        return {"$ref": REF.format(model=self._name(request.reply, "serialization"))}

    def _name(self, model: Any, mode: Any) -> str:
        return str(self._references[(model, mode)]["$ref"]).rsplit("/", 1)[1]

    def _strip(self, rows: list[Route]) -> None:
        # Two requests of one name with the same schema, of two services, share one: it is stripped once.
        for name, route in {self._requests[route.request]: route for route in rows}.items():
            schema = self.components[name]
            for field in route.path_fields:
                schema["properties"].pop(field)
            schema["required"] = [field for field in schema.get("required", ()) if field not in route.path_fields]
            if not schema["required"]:
                del schema["required"]
            if route.upload:
                schema["properties"]["file"] = {"type": "string", "format": "binary"}
                self.components.pop(StoredFile.__name__, None)
            if route.reads:  # its fields are parameters
                del self.components[name]
