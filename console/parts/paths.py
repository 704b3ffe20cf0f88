"""Addresses that a page or a form names itself."""

from __future__ import annotations


def safe_path(path: str, otherwise: str = "/") -> str:
    """A path of ours, or the front page: nothing that a form or a log-in names leads to another site."""
    good = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() and "\\" not in path
    return path if good else otherwise
