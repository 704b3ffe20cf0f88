"""Files that people send: multipart/form-data, streamed into storage; the service gets a reference to it.

The form's field `file` is the file, every other field is one of the request's. What is refused leaves no file behind.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import unicodedata
from collections.abc import AsyncGenerator
from typing import Any

import orjson
from pydantic import ValidationError
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect
from starlette.requests import Request as HttpRequest

from chassis.storage import NoStorage, Storage
from contracts.base import Request
from contracts.problems import FieldError, InvalidRequest, Malformed, TooLarge, Unavailable, UnsupportedMedia, invalid

from .problems import TooSlow
from .requests import in_path, path_of, relocate, unknown_query
from .table import Route

FILE = "file"
MOST_FIELDS, LONGEST_FIELD = 20, 10_000
SECONDS = 120.0
"""For a whole file to arrive: 50 MB at 3.5 Mbit/s, a school's line on a bad day."""
COPIED_AT_ONCE = 1 << 20
FORM_BYTES = 20_000
"""What a form may have beside its file."""


class Uploads:
    """Takes files in. Without storage every upload is refused as unavailable."""

    def __init__(self) -> None:
        try:
            self._storage: Storage | None = Storage.from_environment()
        except NoStorage:
            self._storage = None

    async def take(self, http: HttpRequest, route: Route, salt: str) -> tuple[Request, str]:
        """The checked request and the key of its file. `salt`: the same file sent again with the same Idempotency-Key
        is the same request, so it gets the same key."""
        path = path_of(http)
        if self._storage is None:
            raise Unavailable("no storage is configured", retry_after=60)
        if http.scope["query_string"]:
            raise InvalidRequest(errors=tuple(unknown_query(name) for name in http.query_params))
        fields, file = await _form(http, route)
        if twice := [in_path(name) for name in path if name in fields]:
            await file.close()
            raise InvalidRequest(errors=tuple(twice))
        try:
            given = await asyncio.to_thread(self._keep, route, file, salt)
        finally:
            await file.close()
        sent = {**fields, **path, FILE: given}
        try:
            request = route.request.model_validate_json(orjson.dumps(sent))
        except ValidationError as error:
            await self.forget(given["key"])
            raise relocate(invalid(error, sent), route) from None
        return request, given["key"]

    async def forget(self, key: str) -> None:
        """The service did not want it."""
        if self._storage is not None:
            await asyncio.to_thread(self._storage.remove, key)

    def _keep(self, route: Route, file: UploadFile, salt: str) -> dict[str, Any]:
        assert self._storage is not None, "asked before"
        sha256 = hashlib.sha256()
        size = 0
        while block := file.file.read(COPIED_AT_ONCE):
            sha256.update(block)
            size += len(block)
        file.file.seek(0)
        digest = sha256.hexdigest()
        key = f"{route.upload}/{hashlib.sha256(f'{salt} {digest}'.encode()).hexdigest()}"
        with self._storage.writing(key) as target:
            while block := file.file.read(COPIED_AT_ONCE):
                target.write(block)
        return {"key": key, "name": _plain_name(file.filename or ""), "size": size, "sha256": digest}


async def _form(http: HttpRequest, route: Route) -> tuple[dict[str, str], UploadFile]:
    media = http.headers.get("content-type", "")
    if media.partition(";")[0].strip().lower() != "multipart/form-data":
        raise UnsupportedMedia(f"got {media[:60] or 'no content type'}; send multipart/form-data")
    declared = http.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > route.body_limit + FORM_BYTES:
        raise _too_large(route)
    parser = MultiPartParser(
        http.headers, _stream(http, route), max_files=1, max_fields=MOST_FIELDS, max_part_size=LONGEST_FIELD
    )
    try:
        async with asyncio.timeout(SECONDS):
            form = await parser.parse()
    except TimeoutError:
        raise TooSlow(f"the file did not arrive within {SECONDS:g} s") from None
    except (MultiPartException, KeyError, UnicodeDecodeError):
        raise Malformed("this is no form with one file") from None
    fields: dict[str, str] = {}
    file: UploadFile | None = None
    for name, value in form.multi_items():
        if isinstance(value, UploadFile) and name == FILE:
            file = value
        elif name in fields or not isinstance(value, str) or name == FILE:
            raise InvalidRequest(errors=(_twice(name),))
        else:
            fields[name] = value
    if file is None:
        raise InvalidRequest(errors=(_no_file(),))
    return fields, file


async def _stream(http: HttpRequest, route: Route) -> AsyncGenerator[bytes, None]:
    received, more = 0, True
    while more:
        message = await http.receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        block: bytes = message.get("body", b"")
        received += len(block)
        if received > route.body_limit + FORM_BYTES:
            raise _too_large(route)
        more = message.get("more_body", False)
        yield block


def salt_of(key: str | None, client: str) -> str:
    """Who sends it under which Idempotency-Key; something new for each without one."""
    return f"{client} {key}" if key else os.urandom(16).hex()


def _plain_name(name: str) -> str:
    """Only to show: never a path, no characters that turn the line around."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(one for one in last if unicodedata.category(one)[0] != "C").strip()[:200]


def _too_large(route: Route) -> TooLarge:
    return TooLarge(f"at most {route.body_limit} bytes", limit=route.body_limit)


def _no_file() -> FieldError:
    return FieldError(pointer="/file", code="missing", detail="the form holds no file", fix="send the field `file`")


def _twice(name: str) -> FieldError:
    return FieldError(
        pointer=f"/{name}",
        code="repeated",
        detail="given more than once, or as the wrong kind of field",
        fix="send it once",
    )
