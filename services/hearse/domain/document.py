"""Papers of a booking: which its destination asks for, and what has become of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from contracts.hearse.configuration import Paper, Papers
from contracts.hearse.problems import PapersMissing
from contracts.hearse.values import DocumentKind, DocumentState
from contracts.problems import wrong_field

from .booking import Booking

THERE = frozenset({DocumentState.RECEIVED, DocumentState.VERIFIED})


@dataclass(frozen=True, slots=True)
class Document:
    """What was said of a paper. The reason of a refusal is not in the repr."""

    kind: DocumentKind
    state: DocumentState
    reason: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """A paper with what is asked and what is known of it."""

    document: Document
    paper: Paper


def asked(booking: Booking, papers: Papers, known: Mapping[DocumentKind, Document]) -> list[Asked]:
    """Those that the destination asks for, in its order, then what was brought beside them."""
    wanted = (
        [paper for paper in papers.of(booking.destination.kind) if _applies(paper, booking)]
        if (booking.destination)
        else []
    )
    kinds = {paper.kind for paper in wanted}
    beside = [Paper(kind=kind, optional=True) for kind in known if kind not in kinds]
    unsaid = DocumentState.NEEDED
    return [Asked(known.get(paper.kind, Document(paper.kind, unsaid)), paper) for paper in [*wanted, *beside]]


def require_for_approval(papers: Iterable[Asked]) -> None:
    """Raise PapersMissing for those that can't follow and are not there."""
    missing = [
        one.paper.kind
        for one in papers
        if not (one.paper.may_follow or one.paper.optional or one.document.state in THERE)
    ]
    if missing:
        raise PapersMissing(documents=[str(kind) for kind in missing])


def recorded(kind: DocumentKind, state: DocumentState, reason: str | None) -> Document:
    """What is said of a paper. Raises InvalidRequest for a refusal without its reason, and for a death letter that is
    called verified without being read."""
    text = (reason or "").strip() or None
    if state is DocumentState.REFUSED and text is None:
        raise wrong_field("reason", "missing", "a refusal has a reason", "say in `reason` what is wrong with it")
    if kind is DocumentKind.DEATH_LETTER and state is DocumentState.VERIFIED:
        fix = "send hearse.verify_death_letter with what the letter says"
        raise wrong_field("state", "by_its_own_request", "a death letter is verified by what it says", fix)
    return Document(kind, state, text if state is DocumentState.REFUSED else None)


def _applies(paper: Paper, booking: Booking) -> bool:
    return booking.pickup.facility_id is not None or not paper.from_facility_only
