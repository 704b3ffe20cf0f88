"""What browsers load: files of ours and of others, read and compressed once; a new one has a new address."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

TEXT = (".css", ".js", ".svg", ".json")
FOREVER = "public, max-age=31536000, immutable"
TYPES = {".woff2": "font/woff2", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}


@dataclass(frozen=True)
class Kept:
    """One file; `small` is its gzip form, if that is smaller."""

    media_type: str
    body: bytes
    small: bytes | None


class Files:
    """`folders`: name in the address -> folder. Raises FileNotFoundError that names the fix."""

    def __init__(self, folders: dict[str, Path], icons: Path) -> None:
        self._icons = icons
        if not icons.is_dir():
            raise FileNotFoundError(f"{icons.parent} is not there: `make assets` fetches it")
        self._kept = {
            f"{name}/{path.relative_to(folder).as_posix()}": _read(path)
            for name, folder in folders.items()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }
        digest = hashlib.sha256()
        for name, kept in self._kept.items():
            digest.update(name.encode() + hashlib.sha256(kept.body).digest())
        self.version = digest.hexdigest()[:12]
        self.icon = cache(self._icon)

    def url(self, name: str) -> str:
        """The address of a file. Raises KeyError for one that does not exist: a page would be without it."""
        if name not in self._kept:
            raise KeyError(name)
        return f"/berkas/{self.version}/{name}"

    def route(self) -> Route:
        """Serves them. An older version's address gives the file of today: a page that is open stays usable."""

        async def answer(request: Request) -> Response:
            kept = self._kept.get(request.path_params["name"])
            if kept is None:
                return Response(status_code=404)
            small = kept.small is not None and "gzip" in request.headers.get("accept-encoding", "")
            headers = {"Cache-Control": FOREVER, "Vary": "Accept-Encoding"}
            if small:
                headers["Content-Encoding"] = "gzip"
            return Response(kept.small if small else kept.body, headers=headers, media_type=kept.media_type)

        return Route("/berkas/{version}/{name:path}", answer, methods=["GET"])

    def _icon(self, name: str) -> Markup:
        text = (self._icons / f"{name}.svg").read_text(encoding="utf-8")
        return Markup(text.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))


def _read(path: Path) -> Kept:
    body = path.read_bytes()
    small = gzip.compress(body, 9, mtime=0) if path.suffix in TEXT else None
    media = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Kept(media, body, small if small is not None and len(small) < len(body) else None)
