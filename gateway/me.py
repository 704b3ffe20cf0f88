"""`GET /v1/me`: who the caller is to this API and what they may do, so that a client shows only what will work."""

from __future__ import annotations

import orjson
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from .security import Authenticator

ME_PATH = "/v1/me"


class Me:
    """Says what the table of roles and the token say. Beside a Citizen-Token it is about the citizen."""

    path = ME_PATH

    def __init__(self, authenticator: Authenticator) -> None:
        self._authenticator = authenticator

    async def handle(self, http: HttpRequest) -> Response:
        """Raises Unauthenticated without a token that is accepted."""
        http.scope["route"] = self
        headers = http.scope["header"]
        actor = await self._authenticator.actor(headers.get("authorization"), headers.get("citizen-token"))
        body = {
            "subject": actor.subject,
            "client": actor.client,
            "roles": sorted(actor.roles),
            "scopes": sorted(actor.scopes),
            "rows": {kind: list(rows) for kind, rows in sorted(actor.rows.items())},
        }
        return Response(orjson.dumps(body), media_type="application/json")
