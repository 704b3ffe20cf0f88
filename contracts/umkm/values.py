"""The words of the MSME office: classes, states and codes, as used in requests, events and views."""

from __future__ import annotations

from enum import StrEnum


class SizeClass(StrEnum):
    """By PP 7/2021 article 35: mikro, kecil, menengah."""

    MICRO = "micro"
    SMALL = "small"
    MEDIUM = "medium"


class SizeBasis(StrEnum):
    """What the class is reckoned by: capital at founding, yearly turnover of a running business."""

    CAPITAL = "capital"
    TURNOVER = "turnover"


class Trade(StrEnum):
    """What a business lives on."""

    FOOD = "food"
    DRINK = "drink"
    CRAFT = "craft"
    FASHION = "fashion"
    BEAUTY = "beauty"
    FARMING = "farming"
    RETAIL = "retail"
    SERVICES = "services"
    OTHER = "other"


class BusinessState(StrEnum):
    """`registered`: nobody of the office has compared the papers yet."""

    REGISTERED = "registered"
    VERIFIED = "verified"
    SUSPENDED = "suspended"
    CLOSED = "closed"


class PermitKind(StrEnum):
    """P-IRT (home-made food), BPOM (food and cosmetics from a factory or with more risk), halal certificate."""

    PIRT = "pirt"
    BPOM = "bpom"
    HALAL = "halal"


class BatchKind(StrEnum):
    """A training with sessions, or a bazaar with stalls: places are given in the same way."""

    TRAINING = "training"
    BAZAAR = "bazaar"


class BatchState(StrEnum):
    """`postponed`: seats are kept until new dates are set; then everybody is asked again."""

    ANNOUNCED = "announced"
    OPEN = "open"
    FULL = "full"
    RUNNING = "running"
    FINISHED = "finished"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class SeatState(StrEnum):
    """`offered`: kept for somebody until they answer. `unserved`: the batch began before it was their turn."""

    WAITING = "waiting"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    ATTENDED = "attended"
    PASSED = "passed"
    FAILED = "failed"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"
    DECLINED = "declined"
    EXPIRED = "expired"
    UNSERVED = "unserved"
    BATCH_CANCELLED = "batch_cancelled"


class PriorityReason(StrEnum):
    """Why somebody is further ahead: a household with social priority, a disability, the first training."""

    HOUSEHOLD = "household"
    DISABILITY = "disability"
    FIRST_TIMER = "first_timer"


class CertificateState(StrEnum):
    """A revoked one is shown as such: paper copies go on existing."""

    VALID = "valid"
    REVOKED = "revoked"


class OwnerTaskKind(StrEnum):
    """An owner has died: what becomes of the business is for a person to settle with the family."""

    OWNER_DECEASED = "owner_deceased"


class OwnerTaskState(StrEnum):
    """`withdrawn`: the death was taken back."""

    OPEN = "open"
    DONE = "done"
    WITHDRAWN = "withdrawn"


class ProductCategory(StrEnum):
    """Packaged food needs P-IRT or BPOM; milk, meat, fish, cans, bottled water and baby food (`packaged_food_bpom`) and
    cosmetics need BPOM; fresh and ready food, crafts, fashion and services need neither."""

    PACKAGED_FOOD = "packaged_food"
    PACKAGED_FOOD_BPOM = "packaged_food_bpom"
    READY_FOOD = "ready_food"
    FRESH_FOOD = "fresh_food"
    COSMETICS = "cosmetics"
    FASHION = "fashion"
    CRAFT = "craft"
    HOME = "home"
    PLANTS = "plants"
    SERVICES = "services"
    OTHER = "other"


class ListingState(StrEnum):
    """`curation`: assessors look at it, each for themselves."""

    DRAFT = "draft"
    CURATION = "curation"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class WithdrawalCause(StrEnum):
    """Why a listing is not shown any more."""

    OWNER = "owner"
    OFFICE = "office"
    PERMIT_EXPIRED = "permit_expired"
    BUSINESS_CLOSED = "business_closed"


class PhotoSize(StrEnum):
    """At most 1,280 or 320 points wide and high."""

    LARGE = "large"
    SMALL = "small"


__all__ = [
    "BatchKind",
    "BatchState",
    "BusinessState",
    "CertificateState",
    "ListingState",
    "OwnerTaskKind",
    "OwnerTaskState",
    "PermitKind",
    "PhotoSize",
    "PriorityReason",
    "ProductCategory",
    "SeatState",
    "SizeBasis",
    "SizeClass",
    "Trade",
    "WithdrawalCause",
]
