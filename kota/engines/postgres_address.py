"""Where a private PostgreSQL is reached."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from kota.home import socket_folder


def sockets(folder: Path) -> Path:
    """The folder of the server's unix socket."""
    return socket_folder(folder / "socket")


def database_url(folder: Path, database: str, password: str, role: str = "") -> str:
    """The address for SQLAlchemy with psycopg 3; the role has the database's name by default."""
    login = f"{role or database}:{quote(password, safe='')}"
    return f"postgresql+psycopg://{login}@/{database}?host={quote(str(sockets(folder)), safe='/')}"
