"""A service's file, as it is: to be opened or printed, not JSON."""

from __future__ import annotations

from starlette.responses import Response

from contracts.files import FileReply

from .table import Route


def answers_file(route: Route) -> bool:
    """True if the reply is a file."""
    return issubclass(route.request.reply, FileReply)


def as_file(route: Route, reply: bytes, *, public: bool) -> Response:
    """The response with the file's bytes. Nobody keeps it, unless nobody in particular asks (`public`)."""
    assert issubclass(route.request.reply, FileReply), "asked before"
    file = route.request.reply.model_validate_json(reply)
    kept = f"public, max-age={file.cached_seconds}" if file.cached_seconds and public else "no-store"
    shown = "inline" if file.media_type.startswith("image/") else "attachment"
    headers = {"Content-Disposition": f'{shown}; filename="{file.file_name}"', "Cache-Control": kept}
    return Response(file.content, route.status, headers, file.media_type)
