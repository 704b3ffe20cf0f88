"""Events come twice and in any order: whatever comes, a service's state is the same."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from kombu.message import Message

from chassis.broker import ServiceQueues
from chassis.delivery import Delivery
from chassis.runtime import Runtime
from chassis.work import Work
from contracts.ambulance.events import PatientDeceased, PatientDeceasedRetracted
from contracts.ambulance.values import DeathRetractionReason
from contracts.base import Event
from contracts.education import WaiverEnded, WaiverGranted
from contracts.envelope import encode, make
from contracts.hearse import DeathCorrected, DeathRecorded
from services.education.handlers.death_notices import correct_death, note_death
from services.hearse.handlers.deaths import cancel_for_the_living, draft_from_death
from services.umkm.handlers.households import end_priority, give_priority
from services.umkm.handlers.owner_deaths import mark_death
from tests.support.databases import session

NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
INCIDENT = uuid.UUID(int=1)
DEATHS = [
    PatientDeceased(incident_id=INCIDENT, patient_id=uuid.UUID(int=n), died_at=NOON, pronounced_by="doctor")
    for n in (11, 12)
]
RECORDED = [
    DeathRecorded(booking_id=uuid.UUID(int=n), person_key=f"person-{n}", household_key="family", died_on=NOON.date())
    for n in (21, 22)
]


def waiver(number: int, household: str | None) -> WaiverGranted:
    return WaiverGranted(
        waiver_id=uuid.UUID(int=number),
        programme="tangerang_cerdas" if household else "bop",
        school_year="2026/2027",
        term=1,
        person_key=f"pupil-{number}",
        household_key=household,
    )


def ended(number: int) -> WaiverEnded:
    last_day = NOON.date() - timedelta(days=1)
    return WaiverEnded(waiver_id=uuid.UUID(int=number), ends_on=last_day, reason="left_city", household_key="family")


def follow_waivers(work: Work, event: WaiverGranted | WaiverEnded) -> None:
    (give_priority if isinstance(event, WaiverGranted) else end_priority)(work, event)


WAIVERS = [waiver(31, "family"), waiver(32, "family"), ended(31)]

# Service, handler, story (one fact of it is told again in another message), what its state is.
STORIES: dict[str, tuple[Callable[..., None], list[Event], str, set[tuple[Any, ...]]]] = {
    "hearse": (
        draft_from_death,
        [*DEATHS, DEATHS[1]],
        "SELECT patient_id, incident_id, state, version FROM booking",
        {(death.patient_id, INCIDENT, "draft", 1) for death in DEATHS},
    ),
    "education": (
        note_death,
        [*RECORDED, RECORDED[1]],
        "SELECT booking_id, person_key, household_key, died_on FROM death_notice",
        {(death.booking_id, death.person_key, "family", death.died_on) for death in RECORDED},
    ),
    "umkm": (
        follow_waivers,
        [*WAIVERS],
        "SELECT household_key FROM priority_household",
        {("family",)},
    ),
}


def message(event: Event, number: int) -> Message:
    """As the broker hands it over."""
    envelope = make(event, id=uuid.UUID(int=number), subject="s", sequence=1, time=NOON, correlation_id="story")
    return Message(channel=None, body=encode(event), headers=envelope.headers())


def orders(count: int) -> list[tuple[int, ...]]:
    """Every permutation of the messages with every one of them doubled in turn, and with all doubled."""
    single = {order for extra in range(count) for order in itertools.permutations([*range(count), extra])}
    return sorted(single) + [order + order[::-1] for order in itertools.permutations(range(count))]


@pytest.mark.parametrize("service", STORIES)
def test_any_order_and_any_duplicate_leave_the_same_state(service: str, runtime: Callable[[str], Runtime]) -> None:
    handler, story, query, wanted = STORIES[service]
    running, queues = runtime(service), ServiceQueues(service)
    messages = [message(event, number) for number, event in enumerate(story, start=1)]
    with session(running.url) as ask:
        for order in orders(len(story)):
            verdicts = [Delivery(messages[index], queues, (1,)).handle(running, handler).verdict for index in order]
            assert verdicts.count("applied") == len(story), (order, verdicts)
            assert verdicts.count("duplicate") == len(order) - len(story), (order, verdicts)
            rows = ask(query)
            assert (len(rows), set(rows)) == (len(wanted), wanted), order
            published = ask("SELECT type, count(DISTINCT subject), count(*) FROM outbox GROUP BY type")
            assert all(subjects == events == len(wanted) for _, subjects, events in published), order
            assert len(ask("SELECT message_id FROM inbox")) == len(story), order
            empty(ask)


BY_TYPE: dict[type[Event], Callable[..., None]] = {
    PatientDeceased: draft_from_death,
    PatientDeceasedRetracted: cancel_for_the_living,
}
PATIENT = uuid.UUID(int=11)
DRAFTED = "drafted next-of-kin-asked"


def death(confirmation: int) -> PatientDeceased:
    return DEATHS[0].model_copy(update={"confirmation": confirmation})


def retraction(confirmation: int) -> PatientDeceasedRetracted:
    return PatientDeceasedRetracted(
        incident_id=INCIDENT,
        patient_id=PATIENT,
        retracted_at=NOON,
        reason=DeathRetractionReason.SIGNS_OF_LIFE,
        confirmation=confirmation,
    )


# Of the same patient: what was told (one retraction again, in another message), and what is left of it.
RETRACTIONS: dict[str, tuple[list[Event], set[tuple[int, str]]]] = {
    "alive": ([death(1), retraction(1), retraction(1)], {(1, "cancelled")}),
    "dead after all": ([death(1), retraction(1), death(2), retraction(1)], {(1, "cancelled"), (2, "draft")}),
    "a mistake twice": ([death(1), retraction(1), death(2), retraction(2)], {(1, "cancelled"), (2, "cancelled")}),
}


@pytest.mark.parametrize("told", RETRACTIONS)
def test_a_death_taken_back_ends_its_booking_in_any_order(told: str, runtime: Callable[[str], Runtime]) -> None:
    story, wanted = RETRACTIONS[told]
    running, queues = runtime("hearse"), ServiceQueues("hearse")
    messages = [message(event, number) for number, event in enumerate(story, start=1)]

    def handle(work: Work, event: Event) -> None:
        BY_TYPE[type(event)](work, event)

    with session(running.url) as ask:
        for order in orders(len(story)):
            verdicts = [Delivery(messages[index], queues, (1,)).handle(running, handle).verdict for index in order]
            assert verdicts.count("applied") == len(story), (order, verdicts)
            rows = ask("SELECT confirmation, state FROM booking WHERE patient_id = %s", PATIENT)
            assert sorted(rows) == sorted(wanted), order
            told_of = dict(ask("SELECT subject, string_agg(type, ' ' ORDER BY seq) FROM outbox GROUP BY 1"))
            for id, state in ask("SELECT id, state FROM booking"):
                # A death that was taken back before it was told is told to nobody.
                heard = told_of.get(str(id), "").replace("hearse.", "").replace("booking-", "").replace(".v1", "")
                told = {"draft": {DRAFTED}, "cancelled": {"", f"{DRAFTED} cancelled"}}
                assert heard in told[state], (order, heard)
            empty(ask)


THE_DAY_BEFORE = NOON.date() - timedelta(days=1)


def corrected(died_on: date | None, revision: int) -> DeathCorrected:
    booking, person = RECORDED[0].booking_id, RECORDED[0].person_key
    reason = "wrong_date" if died_on else "not_dead"
    before = NOON.date() if revision == 2 else THE_DAY_BEFORE
    days = {"died_on": died_on, "previous_died_on": before}
    return DeathCorrected(booking_id=booking, person_key=person, reason=reason, revision=revision, **days)


CORRECTIONS: dict[str, tuple[list[Event], tuple[Any, ...]]] = {
    "another date": ([RECORDED[0], corrected(THE_DAY_BEFORE, 2)], (THE_DAY_BEFORE, True)),
    "not dead": ([RECORDED[0], corrected(THE_DAY_BEFORE, 2), corrected(None, 3)], (THE_DAY_BEFORE, False)),
    "dead after all": (
        [RECORDED[0], corrected(None, 2), RECORDED[0].model_copy(update={"revision": 3})],
        (NOON.date(), True),
    ),
}
LISTENERS = {
    "education": ((note_death, correct_death), "SELECT died_on, holds FROM death_notice"),
    "umkm": ((mark_death, mark_death), "SELECT died_on, holds FROM owner_death"),
}


@pytest.mark.parametrize("service", LISTENERS)
@pytest.mark.parametrize("told", CORRECTIONS)
def test_a_corrected_death_is_corrected_in_any_order(
    told: str, service: str, runtime: Callable[[str], Runtime]
) -> None:
    story, wanted = CORRECTIONS[told]
    (on_record, on_correction), query = LISTENERS[service]
    running, queues = runtime(service), ServiceQueues(service)
    messages = [message(event, number) for number, event in enumerate(story, start=1)]

    def handle(work: Work, event: Event) -> None:
        (on_record if isinstance(event, DeathRecorded) else on_correction)(work, event)

    with session(running.url) as ask:
        for order in orders(len(story)):
            verdicts = [Delivery(messages[index], queues, (1,)).handle(running, handle).verdict for index in order]
            assert verdicts.count("applied") == len(story), (order, verdicts)
            assert ask(query) == [wanted], order
            empty(ask)


def empty(ask: Callable[..., list[Any]]) -> None:
    """Forget everything but the schema's version; the audit log can't be emptied, and nothing here depends on it.

    Deleted, since TRUNCATE makes new files for every table; in any order, so without the checks of foreign keys.
    """
    names = ask("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1")
    kept = {"alembic_version", "audit", "audit_seal"}
    emptied = "; ".join(f"DELETE FROM {name}" for (name,) in names if name not in kept)
    ask(f"SET session_replication_role = replica; {emptied}")
