"""From verified claims to the Actor that services see: roles to scopes, claims to row scope."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contracts.context import Actor
from contracts.problems import Forbidden

from .roles import PUBLIC, SUPER_APP, known, scopes_of
from .tokens import refused

ROW_CLAIMS = {"units": "unit", "facilities": "facility", "npsn": "npsn"}
"""Claim -> kind of row. A claim that is there limits, also when it is empty: then to nothing."""
EVERY_ROW = "*"
LIMITED = {"crew": "unit", "hearse_crew": "unit", "facility_staff": "facility", "school_operator": "npsn"}
"""Role -> kind of row without which it sees nothing: an issuer that forgets the claim must not hand out every row."""
CITIZEN = "citizen"
ANYBODY = Actor(subject="public", client="public", scopes=PUBLIC, rows={CITIZEN: ()})
"""Who sends no token: reads what is published, and owns nothing."""


def staff(claims: Mapping[str, Any]) -> Actor:
    """The Actor of an access token of our own issuer. Raises Unauthenticated for claims of the wrong shape."""
    roles = known(_words(claims, "roles"))
    client = claims.get("client_id") or claims.get("azp") or ""
    if not isinstance(client, str):
        raise refused("claim-client_id", "the claim 'client_id' must be a text")
    rows = _rows(claims, roles)
    if SUPER_APP in roles:
        _check_super_app(roles, client)
        rows = {CITIZEN: ()}  # nobody's rows, until a citizen's token says whose
    return Actor(subject=_subject(claims), client=client, roles=roles, scopes=scopes_of(roles), rows=rows)


def citizen(client: Actor, claims: Mapping[str, Any]) -> Actor:
    """The super app acting for the citizen whose verified claims these are: limited to the citizen's own rows."""
    subject = _subject(claims)
    return client.model_copy(update={"subject": subject, "rows": {CITIZEN: (subject,)}})


def check_may_act(actor: Actor) -> None:
    """Raise Forbidden unless this client may act for citizens."""
    if SUPER_APP not in actor.roles:
        raise Forbidden(f"only a client with the role {SUPER_APP} may send a Citizen-Token: leave the header out")


def _subject(claims: Mapping[str, Any]) -> str:
    subject = claims["sub"]
    if not subject.strip():
        raise refused("claim-sub", "the claim 'sub' is blank")
    return str(subject)


def _check_super_app(roles: tuple[str, ...], client: str) -> None:
    if roles != (SUPER_APP,):
        raise refused("claim-roles", f"{SUPER_APP} is the role of a program and stands alone")
    if not client:
        raise refused("claim-client_id", f"a token with the role {SUPER_APP} needs the claim 'client_id'")


def _rows(claims: Mapping[str, Any], roles: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    rows = {kind: _words(claims, claim) for claim, kind in ROW_CLAIMS.items() if claim in claims}
    for role in LIMITED.keys() & set(roles):
        rows.setdefault(LIMITED[role], ())
    return {kind: allowed for kind, allowed in rows.items() if allowed != (EVERY_ROW,)}


def _words(claims: Mapping[str, Any], claim: str) -> tuple[str, ...]:
    value = claims.get(claim, [])
    words = [value] if isinstance(value, str) else value
    if not isinstance(words, list) or not all(isinstance(word, str) and word for word in words):
        raise refused(f"claim-{claim}", f"the claim '{claim}' must be a list of texts")
    return tuple(words)
