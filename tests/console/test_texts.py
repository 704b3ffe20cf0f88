"""Every text of a template is there in Indonesian, no translation is left over, every code of the API has its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po

import console
from console.desks import DESKS
from console.parts.texts import Texts
from contracts.ambulance import values as ambulance
from contracts.education import values as education
from contracts.education import waiver_values as waivers
from contracts.hearse import values as hearse
from contracts.umkm import capital_values as capital
from contracts.umkm import values as umkm

ROOT = Path(console.__file__).parent
FOLDERS = [ROOT / "parts", *(desk.folder for desk in DESKS)]
CODES: dict[str, type[StrEnum]] = {
    "triage": ambulance.Triage,
    "kind": ambulance.IncidentKind,
    "incident": ambulance.IncidentState,
    "assignment": ambulance.AssignmentState,
    "unit": ambulance.UnitState,
    "unit_type": ambulance.UnitType,
    "alert": ambulance.AlertKind,
    "channel": ambulance.Channel,
    "contact": ambulance.ContactState,
    "disposition": ambulance.Disposition,
    "facility": ambulance.FacilityState,
    "facility_answer": ambulance.FacilityAnswer,
    "hand_over_refusal": ambulance.HandOverRefusal,
    "outcome": ambulance.Outcome,
    "refusal": ambulance.RefusalReason,
    "booking": hearse.BookingState,
    "origin": hearse.Origin,
    "destination": hearse.DestinationKind,
    "document": hearse.DocumentKind,
    "document_state": hearse.DocumentState,
    "same": hearse.SameReason,
    "roster": education.RosterState,
    "timeliness": education.Timeliness,
    "row": education.RowOutcome,
    "enrolment_end": education.EnrolmentEnd,
    "withdrawal": education.WithdrawalReason,
    "transfer": education.TransferState,
    "programme": waivers.Programme,
    "claim": waivers.ClaimState,
    "application": waivers.ApplicationState,
    "advice": waivers.Advice,
    "batch": waivers.DisbursementState,
    "line": waivers.LineState,
    "evaluation": waivers.EvaluationState,
    "review": waivers.ReviewKind,
    "business": umkm.BusinessState,
    "size": umkm.SizeClass,
    "basis": umkm.SizeBasis,
    "trade": umkm.Trade,
    "permit": umkm.PermitKind,
    "batch_kind": umkm.BatchKind,
    "training": umkm.BatchState,
    "seat": umkm.SeatState,
    "priority": umkm.PriorityReason,
    "listing": umkm.ListingState,
    "category": umkm.ProductCategory,
    "group": capital.GroupState,
    "loan": capital.LoanState,
    "loan_refusal": capital.RefusalReason,
    "entry": capital.CapitalEntryKind,
}
MORE: tuple[tuple[str, type[StrEnum]], ...] = (
    ("reason", hearse.RejectionReason),
    ("reason", hearse.CancellationReason),
    ("alert", hearse.AlertKind),
    ("outcome", waivers.Outcome),
    ("channel", waivers.Channel),
)
"""Lists of codes that share their words."""


def said(folder: Path) -> Iterator[str]:
    """What templates and pages of this folder say."""
    for path in sorted(folder.rglob("*.html")):
        with path.open("rb") as file:
            options = {"extensions": "", "trimmed": "false"}
            for _, text, _, _ in extract("jinja2.ext:babel_extract", file, keywords={"_": None}, options=options):
                yield str(text)
    for path in sorted(folder.rglob("*.py")):
        with path.open("rb") as file:
            for _, text, _, _ in extract("python", file, keywords={"say": None}):
                if isinstance(text, str):
                    yield text
    yield from (desk.title for desk in DESKS if desk.folder == folder)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_text_is_translated_and_no_translation_is_left_over(folder: Path) -> None:
    with (folder / "texts" / "id.po").open("rb") as file:
        translated = {str(message.id): str(message.string) for message in read_po(file, locale="id") if message.id}
    assert set(said(folder)) - set(translated) == set()
    assert set(translated) - set(said(folder)) == set()
    assert all(translated.values())
    for english, indonesian in translated.items():
        assert sorted(re.findall(r"{\w+}", english)) == sorted(re.findall(r"{\w+}", indonesian)), english


def test_a_text_says_the_same_at_every_desk() -> None:
    found: dict[str, set[str]] = {}
    for folder in FOLDERS:
        with (folder / "texts" / "id.po").open("rb") as file:
            for message in read_po(file, locale="id"):
                if message.id:
                    found.setdefault(str(message.id), set()).add(str(message.string))
    assert {english: said for english, said in found.items() if len(said) > 1} == {}


@pytest.mark.parametrize(("kind", "codes"), [*CODES.items(), *MORE])
def test_every_code_has_its_words(kind: str, codes: type[StrEnum]) -> None:
    words = Texts(FOLDERS).words
    assert {code.value for code in codes} - {code for list_, code in words if list_ == kind} == set()


def test_a_code_that_is_not_known_is_shown_as_it_is() -> None:
    assert Texts(FOLDERS).word("id", "alert", "new_kind") == "new kind"


def test_templates_have_no_inline_script_style_or_handler() -> None:
    for path in ROOT.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|hx-on|<script(?![^>]*\ssrc=)", text), path.name
