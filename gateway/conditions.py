"""Conditional requests (RFC 9110, 13.1.1): `If-Match` says which version the caller saw, `ETag` which one this is.

The version stands in the body, too: the header is the same thing said in HTTP's own way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from contracts.problems import FieldError, InvalidRequest

from .table import Route

VERSION, HEADER = "version", "/header/If-Match"
_SEEN = re.compile(r'"([1-9][0-9]{0,8})"', re.ASCII)
_SHOWN = re.compile(rb'"version":([1-9][0-9]{0,8})\}\Z')


def takes_condition(route: Route) -> bool:
    """True for what changes one thing of which a version may have been seen."""
    return not route.reads and VERSION in route.request.model_fields


def seen_version(headers: Mapping[str, str], route: Route) -> dict[str, int]:
    """The field that the header stands for; empty without one. Raises InvalidRequest for a header that is not heeded: a
    condition that is passed over in silence is worse than none."""
    sent = headers.get("if-match")
    if sent is None or sent == "*":
        return {}
    if not takes_condition(route):
        fault = FieldError(
            pointer=HEADER, code="not_heeded", detail="this request knows no versions", fix="leave the header out"
        )
        raise InvalidRequest(errors=(fault,))
    match = _SEEN.fullmatch(sent)
    if match is None:
        fault = FieldError(
            pointer=HEADER,
            code="unusable",
            detail="must be one version in double quotes",
            fix="send the ETag that you got",
        )
        raise InvalidRequest(errors=(fault,))
    return {VERSION: int(match[1])}


def etag(reply: bytes) -> dict[str, str]:
    """The header for a reply that shows one thing with its version."""
    match = _SHOWN.search(reply[-24:])
    return {"ETag": f'"{match[1].decode()}"'} if match else {}
