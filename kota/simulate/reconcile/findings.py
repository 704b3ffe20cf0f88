"""Losses and doubles, found by counting; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from contracts.ambulance.events import AlertRaised, AlertResolved, BodyTransportNeeded
from contracts.hearse.events import VehicleUnavailable
from kota.simulate.ledger import Expected, Ledger

TOLD_BY_CLOCKS = frozenset({AlertRaised.type, AlertResolved.type})


@dataclass(frozen=True)
class Finding:
    """`kind`: lost, doubled or different; `where`: api, database, stream or consumer."""

    kind: str
    where: str
    what: str


@dataclass(frozen=True)
class Published:
    """One row of a service's outbox."""

    id: str
    type: str
    subject: str
    correlation: str
    published: bool


def compare_events(ledger: Ledger, rows: Iterable[Published], hearse: Iterable[Published] = ()) -> list[Finding]:
    """Outbox rows of the ambulance service against what was acknowledged: each fact exactly once.

    Whether a clock runs out depends on how fast the day is played: what clocks tell is held only to at most once. But
    where the rows of the hearse service say that no vehicle is free soon enough, the ambulance service says exactly
    once that the body must be moved otherwise.
    """
    skipped, certain = ledger.uncertain_subjects(), ledger.stories - ledger.uncertain
    actual: Expected = Counter()
    for row in rows:
        if row.correlation in certain and row.subject not in skipped:
            actual[(row.type, row.subject)] += 1
    by_clocks: Expected = Counter({key: 1 for key in actual if key[0] in TOLD_BY_CLOCKS})
    without_vehicle: Expected = Counter(
        {
            (BodyTransportNeeded.type, row.subject): 1
            for row in hearse
            if row.type == VehicleUnavailable.type and row.correlation in certain and row.subject not in skipped
        }
    )
    return [*_differences("database", ledger.expected_events() + by_clocks + without_vehicle, actual)]


FUNERAL = (
    *("booking-requested", "booking-approved", "booking-cancelled"),
    *("booking-scheduled", "slot-released", "trip-progressed"),
)


def compare_funerals(ledger: Ledger, rows: Iterable[Published]) -> list[Finding]:
    """Outbox rows of the hearse service against what was acknowledged: each fact exactly once."""
    certain = {one.correlation for one in ledger.funerals.values() if ledger.certain(one.correlation)}
    told = {f"hearse.{name}.v1" for name in FUNERAL}
    actual: Expected = Counter(
        (row.type, row.subject) for row in rows if row.correlation in certain and row.type in told
    )
    return [*_differences("database", ledger.expected_funerals(), actual)]


def compare_stream(published: Iterable[Published], seen: Mapping[str, int]) -> tuple[list[Finding], int]:
    """Every published event is in the stream; returns also how many came more than once, which is allowed there."""
    rows = list(published)
    missing = [Finding("lost", "stream", f"{row.type} {row.id} of {row.subject}") for row in rows if row.id not in seen]
    return missing, sum(seen.get(row.id, 0) > 1 for row in rows)


def not_published(service: str, rows: Iterable[Published]) -> list[Finding]:
    """Rows that the relay has not brought to the broker."""
    return [Finding("lost", f"outbox of {service}", f"{row.type} {row.id}") for row in rows if not row.published]


def not_handled(consumer: str, wanted: Iterable[Published], applied: set[str]) -> list[Finding]:
    """Events that a subscribed service has not applied."""
    return [Finding("lost", f"consumer {consumer}", f"{row.type} {row.id}") for row in wanted if row.id not in applied]


def compare_bookings(deaths: Mapping[str, str], bookings: Mapping[str, int], where: str) -> list[Finding]:
    """Exactly one hearse booking for each confirmed death (patient → incident)."""
    expected: Expected = Counter({("hearse booking", patient): 1 for patient in deaths})
    actual: Expected = Counter({("hearse booking", patient): bookings.get(patient, 0) for patient in deaths})
    return [*_differences(where, expected, actual)]


def not_reachable(
    deaths: Iterable[str], told: Collection[str], reachable: Collection[str], where: str
) -> list[Finding]:
    """The hearse service knows whom to call, of each death with a next of kin whose number was told."""
    lost = [patient for patient in deaths if patient in told and patient not in reachable]
    return [Finding("lost", where, f"next of kin of {patient}") for patient in lost]


def _differences(where: str, expected: Expected, actual: Expected) -> Iterable[Finding]:
    for key in sorted(expected.keys() | actual.keys()):
        wanted, found = expected[key], actual[key]
        if found != wanted:
            kind = "lost" if found < wanted else "doubled"
            yield Finding(kind, where, f"{key[0]} of {key[1]}: {found} instead of {wanted}")
