"""Putting the topology in place on a running broker: only what is missing or different is touched.

Declaring everything anew at each start would meet a stream that is there but not up yet, and a broker that comes back
after a crash needs nothing at all: its objects are durable.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import httpx

from kota.engines.management import Management
from kota.engines.topology import Document
from kota.errors import OperatorError
from kota.waiting import WaitedTooLong, wait_until

LIMIT = 60.0
_BINDING = ("source", "destination", "destination_type", "routing_key", "arguments")


def place(management: Management, vhost: str, wanted: Document) -> list[str]:
    """Bring the shared objects of a vhost to what is `wanted`; returns what was changed, empty for nothing.

    An exchange that was declared otherwise is made anew, with its bindings. Raises OperatorError for such a queue: it
    may hold messages; and when the broker does not take the changes, with what it said.
    """
    changed: list[str] = []
    refusal = ""

    def done() -> bool:
        # A stream that is not up yet refuses bindings: look again at what is still missing, until nothing is.
        nonlocal refusal
        try:
            changed.extend(_round(management, vhost, wanted))
        except httpx.HTTPStatusError as error:
            refusal = f"{error.request.method} {error.request.url.path}: {error.response.text[:200]}"
        except httpx.TransportError as error:
            refusal = type(error).__name__
        else:
            return True
        return False

    try:
        wait_until(done, "RabbitMQ to take exchanges, queues and bindings", limit=LIMIT, interval=0.2)
    except WaitedTooLong as late:
        raise OperatorError(late.problem, f"It said at last: {refusal}") from late
    return changed


def _round(management: Management, vhost: str, wanted: Document) -> list[str]:
    found = management.definitions(vhost)
    changed = [_policy(management, vhost, each) for each in _lacking(found, wanted, "policies", _differs_as_policy)]
    for kind in ("exchanges", "queues"):
        for each in _lacking(found, wanted, kind, _differs):
            _renew(management, vhost, kind, each, found)
            changed.append(each["name"])
    # Bindings last, by a new look: those of an object that was made anew went with it.
    bound = [_key(each) for each in management.definitions(vhost)["bindings"]]
    names = {each["name"] for kind in ("exchanges", "queues") for each in wanted[kind]}
    lost = [each for each in found["bindings"] if names & {each["source"], each["destination"]}]
    for each in [*wanted["bindings"], *lost]:
        if _key(each) not in bound:
            management.bind(vhost, each)
            bound.append(_key(each))
            changed.append(f"{each['source']} -> {each['destination']}")
    return changed + _unbind_others(management, vhost, wanted)


def _unbind_others(management: Management, vhost: str, wanted: Document) -> list[str]:
    """The shared queues hear of nothing but what is wanted: an older version's binding would let more in."""
    shared, right = {each["name"] for each in wanted["queues"]}, {_key(each) for each in wanted["bindings"]}
    found = [each for each in management.bindings(vhost) if each["destination"] in shared and each["source"]]
    others = [each for each in found if _key(each) not in right]
    for each in others:
        management.unbind(vhost, each)
    return [f"no more {each['source']} -> {each['destination']} by {each['routing_key']}" for each in others]


def _lacking(
    found: Document, wanted: Document, kind: str, differs: Callable[[Document, Document], bool]
) -> list[Document]:
    known = {each["name"]: each for each in found[kind]}
    return [each for each in wanted[kind] if each["name"] not in known or differs(known[each["name"]], each)]


def _differs(found: Document, wanted: Document) -> bool:
    return any(found.get(name) != wanted.get(name) for name in ("type", "durable", "auto_delete", "arguments"))


def _differs_as_policy(found: Document, wanted: Document) -> bool:
    return any(found.get(name) != wanted.get(name) for name in ("pattern", "apply-to", "priority", "definition"))


def _policy(management: Management, vhost: str, wanted: Document) -> str:
    body = {name: wanted[name] for name in ("pattern", "apply-to", "priority", "definition")}
    management.request("PUT", f"/policies/{quote(vhost, safe='')}/{wanted['name']}", body)
    return str(wanted["name"])


def _renew(management: Management, vhost: str, kind: str, wanted: Document, found: Document) -> None:
    address = f"/{kind}/{quote(vhost, safe='')}/{quote(wanted['name'], safe='')}"
    if any(each["name"] == wanted["name"] for each in found[kind]):
        if kind == "queues":
            raise OperatorError(
                f"The queue {wanted['name']} was declared otherwise; making it anew would lose what it holds.",
                "Empty and remove it with RabbitMQ's own tools, then start again.",
            )
        management.request("DELETE", address)
    body = {name: wanted[name] for name in ("type", "durable", "auto_delete", "arguments") if name in wanted}
    management.request("PUT", address, body)


def _key(binding: Document) -> tuple[object, ...]:
    return tuple(str(binding[name]) for name in _BINDING)
