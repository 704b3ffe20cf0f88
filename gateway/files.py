"""A service's file, as it is: to be opened or printed, not JSON."""

from __future__ import annotations

from starlette.responses import Response

from contracts.files import FileReply

from .table import Route


def answers_file(route: Route) -> bool:
    """True if the reply is a file."""
    return issubclass(route.request.reply, FileReply)


def as_file(route: Route, reply: bytes) -> Response:
    """The response with the file's bytes. It is made anew each time: nobody keeps it, least of all with names in it."""
    assert issubclass(route.request.reply, FileReply), "asked before"
    file = route.request.reply.model_validate_json(reply)
    headers = {"Content-Disposition": f'attachment; filename="{file.file_name}"', "Cache-Control": "no-store"}
    return Response(file.content, route.status, headers, file.media_type)
