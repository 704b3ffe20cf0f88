"""The words of the grant rounds (bantuan modal usaha): money or goods that nobody pays back."""

from __future__ import annotations

from enum import StrEnum


class GrantRoundState(StrEnum):
    """By the clock until somebody decides: `announced` before it opens, `open` while owners can apply, `reviewing` from
    its closing on."""

    ANNOUNCED = "announced"
    OPEN = "open"
    REVIEWING = "reviewing"
    DECIDED = "decided"
    CANCELLED = "cancelled"


class GrantState(StrEnum):
    """An application: papers at the desk, then a visit, then scores, then all of a round at once are decided."""

    DESK_REVIEW = "desk_review"
    FIELD_SURVEY = "field_survey"
    SCORING = "scoring"
    GRANTED = "granted"
    HANDED_OVER = "handed_over"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class GrantRefusal(StrEnum):
    """Why nothing was granted. `below_pass`: too few points; `outranked`: others had more, and places or money were
    used up; `ineligible`: by the rule of the round, when it was decided."""

    PAPERS_INCOMPLETE = "papers_incomplete"
    BUSINESS_NOT_FOUND = "business_not_found"
    NOT_AS_DESCRIBED = "not_as_described"
    OTHER_GRANT = "other_grant"
    BELOW_PASS = "below_pass"
    OUTRANKED = "outranked"
    INELIGIBLE = "ineligible"
    OTHER = "other"


class GrantAdvice(StrEnum):
    """What rule and scores advise: in the order of points, until places or money are used up."""

    GRANT = "grant"
    OUTRANKED = "outranked"
    BELOW_PASS = "below_pass"
    INELIGIBLE = "ineligible"


class GrantBar(StrEnum):
    """Why an owner can't have a grant of a round."""

    NOT_VERIFIED = "not_verified"
    RESIDENT = "resident"
    SIZE_CLASS = "size_class"
    HOUSEHOLD_UNKNOWN = "household_unknown"
    CERTIFICATE = "certificate"
    RECEIVED_BEFORE = "received_before"
    DECEASED = "deceased"


__all__ = ["GrantAdvice", "GrantBar", "GrantRefusal", "GrantRoundState", "GrantState"]
