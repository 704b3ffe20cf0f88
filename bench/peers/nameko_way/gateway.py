"""The gateway: nameko's HTTP entrypoint, a schema, an RPC call."""

from __future__ import annotations

import json

from nameko.rpc import RpcProxy
from nameko.web.handlers import http
from pydantic import ValidationError
from werkzeug import Request, Response

from bench.peers.work import PATH, CreateIncident


class GatewayService:
    """Takes HTTP, calls the owner."""

    name = "gateway"

    incidents_rpc = RpcProxy("incidents")

    @http("POST", PATH, expected_exceptions=(ValidationError, KeyError))
    def create_incident(self, request: Request) -> Response:
        """Validate, call, answer 201 (nameko maps an expected exception to 400)."""
        command = CreateIncident.model_validate_json(request.get_data())
        incident = self.incidents_rpc.create_incident(command.model_dump(), request.headers["Idempotency-Key"])
        return Response(json.dumps(incident), status=201, mimetype="application/json")
