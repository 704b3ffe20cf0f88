"""SQL of the UMKM service: a table or a question a file.

owner.py         who owns businesses             business.py     businesses
permit.py        P-IRT, BPOM, halal              household.py    households with priority
owner_death.py   deaths, and tasks of them       batch.py        trainings and bazaars
seat.py          seats and waiting lists         attendance.py   who came to a session
listing.py       products and their photos       curation.py     rounds of curation
catalogue.py     what shoppers see and find
report.py        a year's figures
capital/         groups, loans, ledger, bank files
scoring.py       scoresheets and scores         grants/          rounds, applications
certificate.py   of who has passed               note.py         what people wrote about an act
"""

from . import (
    attendance,
    batch,
    business,
    capital,
    catalogue,
    certificate,
    curation,
    grants,
    household,
    listing,
    note,
    owner,
    owner_death,
    permit,
    report,
    seat,
)

__all__ = [
    "attendance",
    "batch",
    "business",
    "capital",
    "catalogue",
    "certificate",
    "curation",
    "grants",
    "household",
    "listing",
    "note",
    "owner",
    "owner_death",
    "permit",
    "report",
    "seat",
]
