"""What each role may do: ONE table, deny by default. A scope that stands nowhere here is granted to nobody.

The reviewed outcome, operation by operation, is tests/gateway/security/reviewed_access.csv: a change here shows there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from contracts.base import Request
from contracts.context import Actor
from contracts.problems import Forbidden

SUPER_APP = "super_app"
PUBLIC = frozenset({"umkm:public", "education:public"})
"""What everybody may do, with a token or without: read what the city publishes."""

HEARSE_DESK = frozenset(
    {"hearse:book", "hearse:bookings", "hearse:plan", "hearse:schedule", "hearse:places", "hearse:read"}
)

MSME_DESK = frozenset({"umkm:read", "umkm:register", "umkm:businesses", "umkm:seats", "umkm:sell", "umkm:borrow"})

SCHOOL = frozenset(
    {
        "education:read",
        "education:rosters",
        "education:pupils",
        "education:enrol",
        "education:apply",
        "education:confirm",
    }
)

ROLES: Mapping[str, frozenset[str]] = {
    "dispatcher": frozenset(
        {"ambulance:dispatch", "ambulance:intake", "ambulance:report", "ambulance:trip", "ambulance:read"}
    ),
    "call_taker": frozenset({"ambulance:intake", "ambulance:report", "ambulance:read"}),
    "crew": frozenset({"ambulance:crew", "ambulance:trip", "ambulance:read"}),
    "ambulance_supervisor": frozenset({"ambulance:supervise", "ambulance:figures", "ambulance:read"}),
    "ambulance_manager": frozenset({"ambulance:manage", "ambulance:figures", "ambulance:read"}),
    "hearse_officer": HEARSE_DESK | {"hearse:trip"},
    "hearse_supervisor": HEARSE_DESK | {"hearse:supervise"},
    "hearse_crew": frozenset({"hearse:trip", "hearse:bookings", "hearse:plan"}),
    "hearse_manager": frozenset({"hearse:manage", "hearse:places", "hearse:read"}),
    "facility_staff": frozenset({"hearse:book", "hearse:bookings", "hearse:places"}),
    "school_operator": SCHOOL,
    "education_officer": SCHOOL | {"education:deaths", "education:decide", "education:money"},
    "education_treasurer": frozenset({"education:read", "education:pay", "education:money"}),
    "education_manager": frozenset({"education:read", "education:manage", "education:approve", "education:money"}),
    "umkm_officer": MSME_DESK
    | {
        "umkm:verify",
        "umkm:train",
        "umkm:assess",
        "umkm:report",
        "umkm:lend",
        "umkm:capital",
        "umkm:bankfiles",
        "umkm:grants",
        "umkm:loans",
    },
    "umkm_assessor": frozenset({"umkm:assess", "umkm:score"}),
    "umkm_manager": frozenset(
        {
            "umkm:read",
            "umkm:businesses",
            "umkm:seats",
            "umkm:sell",
            "umkm:certify",
            "umkm:assess",
            "umkm:decide",
            "umkm:report",
            "umkm:terms",
            "umkm:capital",
            "umkm:bankfiles",
            "umkm:grants",
            "umkm:loans",
        }
    ),
    "bank_analyst": frozenset({"umkm:credit", "umkm:capital", "umkm:loans", "umkm:bankfiles"}),
    "auditor": frozenset(
        {
            "ambulance:read",
            "ambulance:figures",
            "hearse:bookings",
            "hearse:places",
            "hearse:read",
            "education:read",
            "education:deaths",
            "education:money",
            "umkm:read",
            "umkm:report",
            "umkm:capital",
            "umkm:bankfiles",
            "umkm:grants",
        }
    ),
    SUPER_APP: frozenset(
        {
            "ambulance:report",
            "hearse:book",
            "hearse:bookings",
            "hearse:places",
            "education:family",
            "umkm:register",
            "umkm:businesses",
            "umkm:seats",
            "umkm:sell",
            "umkm:borrow",
            "umkm:capital",
            "umkm:grants",
            "umkm:loans",
        }
    ),
}

SUPER_APP_OPERATIONS = frozenset(
    {
        "ambulance.record_contact",
        "ambulance.open_incident",
        "ambulance.get_progress",
        "hearse.request_booking",
        "hearse.submit_draft",
        "hearse.get_booking",
        "hearse.list_bookings",
        "hearse.find_slots",
        "hearse.hold_slot",
        "hearse.cancel_booking",
        "hearse.list_burial_places",
        "hearse.make_complaint",
        "education.link_child",
        "education.list_my_children",
        "education.apply_for_child",
        "education.list_my_applications",
        "education.appeal_for_child",
        "education.ask_correction",
        "education.complain_of_levy",
        "umkm.register_business",
        "umkm.describe_business",
        "umkm.declare_size",
        "umkm.record_permit",
        "umkm.correct_owner",
        "umkm.close_business",
        "umkm.get_business",
        "umkm.list_businesses",
        "umkm.request_seat",
        "umkm.accept_seat",
        "umkm.give_up_seat",
        "umkm.get_seat",
        "umkm.list_seats",
        "umkm.list_certificates",
        "umkm.print_certificate",
        "umkm.draft_listing",
        "umkm.describe_listing",
        "umkm.add_photo",
        "umkm.remove_photo",
        "umkm.submit_listing",
        "umkm.withdraw_listing",
        "umkm.restore_listing",
        "umkm.rewrite_listing",
        "umkm.get_listing",
        "umkm.list_listings",
        "umkm.get_ladder",
        "umkm.check_kur",
        "umkm.form_group",
        "umkm.join_group",
        "umkm.leave_group",
        "umkm.submit_group",
        "umkm.get_group",
        "umkm.list_groups",
        "umkm.get_loan",
        "umkm.list_loans",
        "umkm.list_capital_entries",
        "umkm.apply_for_grant",
        "umkm.withdraw_grant",
        "umkm.get_grant",
        "umkm.list_grants",
    }
)
"""What the super app may call within its scopes, for a citizen and their own rows; never an office's lists."""


def known(roles: Iterable[str]) -> tuple[str, ...]:
    """Those of the roles that stand in the table, in alphabetical order. Others grant nothing."""
    return tuple(sorted(set(roles) & ROLES.keys()))


def scopes_of(roles: Iterable[str]) -> frozenset[str]:
    """All that these roles may do together, and what everybody may."""
    return PUBLIC.union(*(ROLES.get(role, frozenset()) for role in roles))


def authorize(actor: Actor, request: type[Request]) -> None:
    """Raise Forbidden unless the actor may make this request."""
    if not actor.may(request.scope):
        raise Forbidden(f"this needs the scope {request.scope}", scope=request.scope)
    if request.scope in PUBLIC:
        return
    if SUPER_APP in actor.roles and request.operation not in SUPER_APP_OPERATIONS:
        raise Forbidden("this is not offered to the super app", operation=request.operation)
