"""The two kinds of contract: an event that a service publishes, a request that a service answers.

Both register themselves by being declared, so the registry can never disagree with the models:

    class IncidentOpened(Event, type="ambulance.incident-opened.v1"): ...
    class OpenIncident(Request, operation="ambulance.open_incident", scope="ambulance:report", reply=Incident): ...
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict

EVENT_TYPE = re.compile(r"^(?P<service>[a-z]+)\.(?P<name>[a-z]+(-[a-z]+)*)\.v(?P<version>[1-9]\d*)$")
OPERATION = re.compile(r"^(?P<service>[a-z]+)\.(?P<method>[a-z]+(_[a-z]+)*)$")
SCOPE = re.compile(r"^[a-z]+:[a-z]+(-[a-z]+)*$")

EVENTS: dict[str, type[Event]] = {}
REQUESTS: dict[str, type[Request]] = {}


class Model(BaseModel):
    """A value inside a request: unknown fields are refused, so a misspelt field is never lost silently."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class View(BaseModel):
    """What a service shows of its state. Additive: readers ignore fields that they don't know."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Event(BaseModel):
    """A fact that has happened. Unknown fields are ignored: the publisher may be newer than the reader.

    `type` is `<service>.<noun>-<past participle>.v<version>`. `snapshot` marks a type that carries the latest state
    of its subject: only these may be skipped when a higher sequence was already applied (architecture §4).
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    type: ClassVar[str]
    snapshot: ClassVar[bool]

    def __init_subclass__(cls, **_: Any) -> None:
        super().__init_subclass__()

    @classmethod
    def __pydantic_init_subclass__(cls, *, type: str = "", snapshot: bool = False, **_: Any) -> None:
        _register(EVENTS, type, EVENT_TYPE, cls)
        cls.type, cls.snapshot = type, snapshot


class Request(Model):
    """What a service can be asked to do: the operation's name on the wire, the scope it needs and the reply's shape."""

    operation: ClassVar[str]
    scope: ClassVar[str]
    reply: ClassVar[type[BaseModel]]
    changes: ClassVar[bool] = True

    def __init_subclass__(cls, **_: Any) -> None:
        super().__init_subclass__()

    @classmethod
    def __pydantic_init_subclass__(
        cls, *, operation: str = "", scope: str = "", reply: type[BaseModel] = View, **_: Any
    ) -> None:
        if not operation and not scope:
            return  # a base class such as Query, not a contract
        if not SCOPE.match(scope):
            raise TypeError(f"{cls.__name__}: scope {scope!r} must look like 'service:activity'")
        _register(REQUESTS, operation, OPERATION, cls)
        cls.operation, cls.scope, cls.reply = operation, scope, reply


class Query(Request):
    """A request that changes nothing: no audit row, no idempotency key."""

    changes: ClassVar[bool] = False


def _register(registry: dict[str, Any], name: str, shape: re.Pattern[str], model: type[BaseModel]) -> None:
    if not shape.match(name):
        raise TypeError(f"{model.__name__}: {name!r} does not match {shape.pattern}")
    known = registry.get(name)
    if known is not None and (known.__module__, known.__qualname__) != (model.__module__, model.__qualname__):
        raise TypeError(f"{model.__name__}: {name!r} is already declared by {known.__module__}.{known.__qualname__}")
    registry[name] = model
