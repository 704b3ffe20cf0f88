"""Until when a term's rosters count: by the upload's time, with three working days for refused rows."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from contracts import education as asked
from contracts.problems import InvalidRequest, StaleVersion
from services.education.domain.cut_off import CutOff
from tests.education.files import by_xlsxwriter, child, grid
from tests.education.office import MANAGER, ONE, TWO, Office

YEAR = "2026/2027"
GOOD = by_xlsxwriter(grid([child(1), child(2)]))
WITH_REFUSED = by_xlsxwriter(grid([child(1), child(2, JK="?")]))
THURSDAY_NIGHT = datetime(2026, 11, 26, 16, 59, 59, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 26, 17, tzinfo=UTC)
TUESDAY_NIGHT = datetime(2026, 12, 1, 16, 59, 59, tzinfo=UTC)


def set_cut_off(office: Office, last_day: str = "2026-11-26", term: int = 1, **more: Any) -> Any:
    """By the office."""
    told = {"school_year": YEAR, "term": term, "last_day": last_day} | more
    return office.ask(asked.SetCutOff.model_validate(told), MANAGER)


def timeliness(office: Office, roster: Any) -> Any:
    """As it is now."""
    return office.roster(roster.id, roster.npsn).timeliness


def test_what_counts_is_the_uploads_time_whenever_it_is_read_or_applied(office: Office) -> None:
    assert office.upload(GOOD).timeliness is None
    set_cut_off(office)
    office.now = THURSDAY_NIGHT
    roster = office.upload(GOOD)
    office.now = FRIDAY
    office.work()
    office.apply(roster)
    assert timeliness(office, roster) == "on_time"
    assert office.upload(GOOD, TWO).timeliness == "late"
    listed = office.ask(asked.ListRosters(), MANAGER).items
    assert [one.timeliness for one in listed] == ["late", "on_time", "on_time"]


def test_refused_rows_can_be_mended_for_three_working_days(office: Office) -> None:
    set_cut_off(office)
    office.now = THURSDAY_NIGHT
    office.apply(office.preview(WITH_REFUSED))
    office.now = TUESDAY_NIGHT
    mended = office.preview(WITH_REFUSED)
    again = office.upload(GOOD)
    other = office.upload(GOOD, TWO)
    assert [timeliness(office, one) for one in (mended, again, other)] == ["mended_in_time", "mended_in_time", "late"]
    office.later(seconds=1)
    assert office.upload(GOOD).timeliness == "late"


def test_who_sends_a_faultless_list_has_nothing_to_mend(office: Office) -> None:
    set_cut_off(office)
    office.now = THURSDAY_NIGHT
    office.apply(office.preview(GOOD))
    office.now = FRIDAY
    assert office.upload(WITH_REFUSED).timeliness == "late"


def test_each_term_has_its_own_and_moving_it_judges_anew(office: Office) -> None:
    first = set_cut_off(office)
    set_cut_off(office, "2027-01-29", term=2)
    office.now = FRIDAY
    late = office.upload(GOOD)
    second = office.upload(GOOD, effective_on="2027-01-04")
    assert (late.timeliness, second.timeliness) == ("late", "on_time")
    moved = set_cut_off(office, "2026-11-27", version=first.version)
    assert moved.version == 2 and timeliness(office, late) == "on_time"
    assert set_cut_off(office, "2026-11-27").version == 2, "the same again changes nothing"
    with pytest.raises(StaleVersion):
        set_cut_off(office, "2026-11-28", version=1)
    with pytest.raises(InvalidRequest):
        set_cut_off(office, "2028-01-01")
    shown = office.ask(asked.ListCutOffs(school_year=YEAR), MANAGER).items
    assert [(one.term, one.last_day) for one in shown] == [(2, date(2027, 1, 29)), (1, date(2026, 11, 27))]
    assert office.events().count("cut-off-set") == 3


@pytest.mark.parametrize(
    ("last_day", "until"),
    [
        (date(2026, 11, 23), date(2026, 11, 26)),
        (date(2026, 11, 27), date(2026, 12, 2)),
        (date(2026, 8, 14), date(2026, 8, 20)),
        (date(2026, 12, 24), date(2026, 12, 30)),
        (date(2030, 6, 28), date(2030, 7, 3)),
    ],
    ids=["in a week", "over a weekend", "over Independence Day", "over Christmas", "no holidays decreed yet"],
)
def test_working_days(last_day: date, until: date) -> None:
    assert CutOff(YEAR, 1, last_day).mend_until == until


def test_no_school_piles_up_rosters(office: Office) -> None:
    waiting = [office.upload(GOOD).id for _ in range(5)]
    with pytest.raises(asked.TooManyRosters) as refused:
        office.upload(GOOD)
    assert refused.value.data.extra == {"rosters": [str(one) for one in waiting]}
    assert office.upload(GOOD, TWO).state == "uploaded"
    office.work()
    office.ask(asked.AbandonRoster(roster_id=waiting[0]))
    assert office.upload(GOOD, ONE).state == "uploaded"
