"""Planted losses and doubles are found and named; an honest run has none."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from kota.simulate.ledger import AssignmentFacts, ContactFacts, IncidentFacts, Ledger
from kota.simulate.reconcile.api import compare_incident
from kota.simulate.reconcile.findings import (
    Finding,
    Published,
    compare_bookings,
    compare_events,
    compare_stream,
    not_handled,
    not_published,
    not_reachable,
)

STORY, OTHER = "story-1", "story-2"


def ledger() -> Ledger:
    """Two stories: an incident with one trip, and a contact that was a prank."""
    return Ledger(
        contacts={"c1": ContactFacts(STORY, "incident", "i1"), "c2": ContactFacts(OTHER, "prank")},
        incidents={"i1": IncidentFacts(STORY, 1, triaged=True, outcomes={1: "deceased"}, closed_as="deceased")},
        assignments={"a1": AssignmentFacts((STORY,), "i1", "U-1", milestones={"on_scene", "completed"})},
        deaths={"p1": "i1"},
        stories={STORY, OTHER},
    )


def rows() -> list[Published]:
    """What an outbox holds after exactly that."""
    facts = [
        *(("contact-recorded", "c1", STORY), ("contact-disposed", "c1", STORY)),
        *(("contact-recorded", "c2", OTHER), ("contact-disposed", "c2", OTHER)),
        *(("incident-opened", "i1", STORY), ("incident-triaged", "i1", STORY), ("incident-closed", "i1", STORY)),
        *(("unit-dispatched", "a1", STORY), ("assignment-progressed", "a1", STORY)),
        *(("assignment-progressed", "a1", STORY), ("patient-deceased", "i1", STORY)),
    ]
    return [
        Published(f"e{number}", f"ambulance.{type}.v1", subject, story, True)
        for number, (type, subject, story) in enumerate(facts)
    ]


def test_an_honest_run_has_no_findings() -> None:
    assert compare_events(ledger(), rows()) == []
    assert compare_stream(rows(), {row.id: 1 for row in rows()}) == ([], 0)


@pytest.mark.parametrize("index", range(len(rows())))
def test_each_lost_event_is_named(index: int) -> None:
    kept = [row for number, row in enumerate(rows()) if number != index]
    (finding,) = compare_events(ledger(), kept)
    assert finding.kind == "lost"
    assert rows()[index].type in finding.what and rows()[index].subject in finding.what


@pytest.mark.parametrize("index", range(len(rows())))
def test_each_doubled_event_is_named(index: int) -> None:
    (finding,) = compare_events(ledger(), [*rows(), replace(rows()[index], id="again")])
    assert finding.kind == "doubled"
    assert rows()[index].subject in finding.what


def test_a_contact_that_nobody_was_told_of_is_a_double() -> None:
    unknown = Published("e99", "ambulance.contact-recorded.v1", "c99", OTHER, True)
    assert [finding.kind for finding in compare_events(ledger(), [*rows(), unknown])] == ["doubled"]


def test_a_body_that_no_hearse_fetches_in_time_is_told_of_once() -> None:
    """Whether one is free depends on how full the days are; that the ambulance service hears of it does not."""
    full = Published("h1", "hearse.vehicle-unavailable.v1", "b1", STORY, True)
    told = Published("e98", "ambulance.body-transport-needed.v1", "b1", STORY, True)
    assert compare_events(ledger(), [*rows(), told], [full]) == []
    for given, kind in (([], "lost"), ([told, replace(told, id="again")], "doubled")):
        (finding,) = compare_events(ledger(), [*rows(), *given], [full])
        assert (finding.kind, "b1" in finding.what) == (kind, True)
    (finding,) = compare_events(ledger(), [*rows(), told])
    assert finding.kind == "doubled", "nobody said so"


def test_another_runs_events_are_nobodys_double() -> None:
    foreign = Published("e99", "ambulance.contact-recorded.v1", "c99", "another-run", True)
    assert compare_events(ledger(), [*rows(), foreign]) == []


def test_an_uncertain_story_is_judged_neither_way() -> None:
    uncertain = ledger()
    uncertain.uncertain.add(OTHER)
    without = [row for row in rows() if row.correlation != OTHER]
    assert compare_events(uncertain, without) == []
    assert compare_events(uncertain, rows()) == []


def test_a_diverted_assignment_is_uncertain_with_either_of_its_stories() -> None:
    diverted = ledger()
    diverted.assignments["a1"].correlations = (STORY, OTHER)
    diverted.uncertain.add(OTHER)
    kept = [row for row in rows() if row.subject != "a1"]
    assert compare_events(diverted, kept) == []


def test_what_is_missing_in_the_stream_is_lost_and_repeats_are_counted() -> None:
    seen = Counter({row.id: 1 for row in rows()[1:]})
    seen["e3"] = 2
    missing, again = compare_stream(rows(), seen)
    assert [(finding.kind, "e0" in finding.what) for finding in missing] == [("lost", True)]
    assert again == 1


def test_unpublished_and_unhandled_events_are_lost() -> None:
    waiting = replace(rows()[0], published=False)
    assert [one.where for one in not_published("ambulance", [waiting, rows()[1]])] == ["outbox of ambulance"]
    assert [one.where for one in not_handled("hearse", rows()[:2], {"e1"})] == ["consumer hearse"]


def test_each_death_has_exactly_one_booking() -> None:
    deaths = {"p1": "i1", "p2": "i1", "p3": "i2"}
    found = compare_bookings(deaths, {"p1": 1, "p3": 2}, "database")
    assert [(one.kind, one.what.split()[3]) for one in found] == [("lost", "p2:"), ("doubled", "p3:")]


def test_a_family_whose_number_was_told_can_be_called() -> None:
    found = not_reachable({"p1": "i1", "p2": "i1", "p3": "i2"}, {"p1", "p2"}, {"p1", "p3"}, "api")
    assert [(one.kind, one.what) for one in found] == [("lost", "next of kin of p2")]


def shown() -> dict[str, object]:
    """The incident as the API must show it."""
    milestones = [{"milestone": "on_scene"}, {"milestone": "completed"}]
    return {
        "outcome": "deceased",
        "triage": "merah",
        "patients": [{"number": 1, "outcome": "deceased"}],
        "assignments": [{"id": "a1", "state": "completed", "milestones": milestones}],
    }


def differences(**changed: object) -> list[Finding]:
    known = ledger()
    return compare_incident("i1", known.incidents["i1"], shown() | changed, known)


def test_the_api_is_held_to_what_it_acknowledged() -> None:
    assert differences() == []
    assert differences(outcome=None)
    assert differences(triage=None)
    assert differences(patients=[])
    assert differences(assignments=[])
    assert differences(assignments=[*shown()["assignments"], {"id": "a2", "state": "dispatched", "milestones": []}])  # type: ignore[misc]
    assert differences(assignments=[{"id": "a1", "state": "on_scene", "milestones": [{"milestone": "on_scene"}]}])


def test_what_a_clock_tells_may_come_once_or_not_at_all() -> None:
    alert = Published("e50", "ambulance.alert-raised.v1", "alert-1", STORY, True)
    assert compare_events(ledger(), [*rows(), alert]) == []
    (finding,) = compare_events(ledger(), [*rows(), alert, replace(alert, id="e51")])
    assert (finding.kind, "alert-1" in finding.what) == ("doubled", True)
