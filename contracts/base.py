"""The two kinds of contract: an event that a service publishes, a request that a service answers.

Both register themselves by being declared, so the registry can never disagree with the models:

    class IncidentOpened(Event, type="ambulance.incident-opened.v1"): ...
    class OpenIncident(Request, operation="ambulance.open_incident", scope="ambulance:report", reply=Incident): ...
"""

from __future__ import annotations

import re
from typing import Any, ClassVar, get_args

from pydantic import BaseModel, ConfigDict, Field

EVENT_TYPE = re.compile(r"^(?P<service>[a-z]+)\.(?P<name>[a-z]+(-[a-z]+)*)\.v(?P<version>[1-9]\d*)$")
OPERATION = re.compile(r"^(?P<service>[a-z]+)\.(?P<method>[a-z]+(_[a-z]+)*)$")
SCOPE = re.compile(r"^[a-z]+:[a-z]+(-[a-z]+)*$")

EVENTS: dict[str, type[Event]] = {}
REQUESTS: dict[str, type[Request]] = {}


# defer_build: a process starts in four fifths of the time when a model's validator is built by whoever first needs it
# (`python -m contracts.generate --check` builds them all; building takes a lock, so threads may be the first together).


class Model(BaseModel):
    """A value inside a request: unknown fields are refused, so a misspelt field is never lost silently."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class View(BaseModel):
    """What a service shows of its state. Additive: readers ignore fields that they don't know."""

    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True)


class Event(BaseModel):
    """A fact that has happened. Unknown fields are ignored: the publisher may be newer than the reader.

    `type` is `<service>.<noun>-<past participle>.v<version>`. `snapshot` marks a type that carries the latest state
    of its subject: only these may be skipped when a higher sequence was already applied (architecture §4).

    `sealed_for` names the one service that may read the event's field `sealed`: personal data without which it cannot
    act. That field is never in the body; it travels encrypted, and only to that service (chassis/privacy/letter.py).
    """

    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True)

    type: ClassVar[str]
    snapshot: ClassVar[bool]
    sealed_for: ClassVar[str]

    def __init_subclass__(cls, **_: Any) -> None:
        super().__init_subclass__()

    @classmethod
    def __pydantic_init_subclass__(
        cls, *, type: str = "", snapshot: bool = False, sealed_for: str = "", **_: Any
    ) -> None:
        field = cls.model_fields.get("sealed")
        if bool(sealed_for) != (field is not None) or (field is not None and not field.exclude):
            raise TypeError(f"{cls.__name__}: `sealed_for` and a field `sealed = Sealed` go together")
        _register(EVENTS, type, EVENT_TYPE, cls)
        cls.type, cls.snapshot, cls.sealed_for = type, snapshot, sealed_for


Sealed = Field(default=None, exclude=True, repr=False)
"""Of an event's field `sealed: SkipJsonSchema[<Model> | None]`: in no body, no repr and no schema of the body."""


def sealed_model(event: type[Event]) -> type[BaseModel]:
    """The model of an event's field `sealed`."""
    return next(part for part in get_args(event.model_fields["sealed"].annotation) if part is not type(None))


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


class RecordedQuery(Request):
    """A request that changes nothing but the audit log: who looked at what is recorded with it."""


def _register(registry: dict[str, Any], name: str, shape: re.Pattern[str], model: type[BaseModel]) -> None:
    if not shape.match(name):
        raise TypeError(f"{model.__name__}: {name!r} does not match {shape.pattern}")
    known = registry.get(name)
    if known is not None and (known.__module__, known.__qualname__) != (model.__module__, model.__qualname__):
        raise TypeError(f"{model.__name__}: {name!r} is already declared by {known.__module__}.{known.__qualname__}")
    registry[name] = model
