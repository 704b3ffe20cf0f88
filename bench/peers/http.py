"""What the two FastAPI peers share: the reply as it is stored, and the answer to a reused key."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

from bench.peers.statements import KeyReused


def created(reply: bytes) -> Response:
    """201 with the JSON bytes of the incident."""
    return Response(reply, status_code=201, media_type="application/json")


def answer_reused_keys(app: FastAPI) -> None:
    """KeyReused becomes 422."""

    @app.exception_handler(KeyReused)
    async def reused(_: Request, error: KeyReused) -> JSONResponse:
        return JSONResponse({"detail": str(error)}, status_code=422)
