"""Committed events that the broker does not have yet, for a live board that must not stand still while it is away.

What is shown so is no promise: sequence numbers commit out of order, so a reader may miss one. Each event comes by the
stream, too, once the broker is back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
from pydantic import ValidationError

from contracts.problems import Malformed, Problem, Unavailable

from .. import telemetry
from ..answering import context_of, error_reply
from ..errors import describe
from ..faults import FAULTS
from .wire import Asked

if TYPE_CHECKING:
    from ..runtime import Runtime

log = telemetry.logger(__name__)
MOST = 1000
"""Events of one answer, the newest: who asks twice a second misses none, who comes late needs no more."""
_SELECT = (
    f"SELECT seq, headers, body FROM outbox WHERE published_at IS NULL AND seq > %s ORDER BY seq DESC LIMIT {MOST}"
)


def unpublished(runtime: Runtime, context: str, body: bytes) -> bytes:
    """The reply. Raises Expired."""
    try:
        context_of(context)
        asked = Asked.model_validate_json(body)
        with runtime.engine.connect() as connection:
            rows = connection.exec_driver_sql(_SELECT, (asked.after,)).all()
    except ValidationError:
        return error_reply(Malformed('send {"after": <place in the outbox>}'))
    except Problem as problem:
        return error_reply(problem)
    except FAULTS as error:
        log.warning("unpublished_fault", reason=describe(error))
        return error_reply(Unavailable(retry_after=2))
    events = [{"seq": seq, "headers": headers, "body": text} for seq, headers, text in reversed(rows)]
    return b'{"result":' + orjson.dumps({"events": events}) + b',"error":null}'
