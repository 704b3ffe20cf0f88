"""Rules for everybody at once: an act for many with its exceptions, and what other rules would do."""

from __future__ import annotations

from typing import Any

import pytest

from contracts import education as asked
from tests.education.office import OFFICER, ONE, TWO

from .desk import BOP, CERDAS, YEAR, Desk


def evaluated(desk: Desk, programme: str = "bop", **more: Any) -> Any:
    """Started, and looked at once the job is done."""
    told = {"programme": programme, "school_year": YEAR, "term": 1} | more
    one = desk.ask(asked.StartEvaluation, **told)
    assert one.state == "running"
    desk.office.work()
    return desk.ask(asked.GetEvaluation, evaluation_id=one.id)


def granted(desk: Desk, one: Any, count: int, **more: Any) -> Any:
    told = {"evaluation_id": one.id, "count": count, "note": "rapat 3 Agustus"} | more
    desk.ask(asked.GrantEvaluated, **told)
    desk.office.work()
    return desk.ask(asked.GetEvaluation, evaluation_id=one.id)


def welfare(desk: Desk, *deciles: tuple[int, int], on: str = "2026-09-30") -> Any:
    """Children by number, with their family's decile."""
    families = [{"family_card_number": f"367102120510{9000 + number:04d}", "decile": one} for number, one in deciles]
    return desk.ask(asked.ImportWelfare, source="DTSEN 2026-Q3", released_on=on, families=families)


def test_an_act_for_many_with_its_exceptions(desk: Desk) -> None:
    one, two, three, four = desk.enrol(1, 2, 3, 4)
    desk.attest(ONE, two)
    desk.office.enrol(11, npsn=TWO)
    desk.apply(three)
    found = evaluated(desk)
    assert (found.state, found.pupils, found.to_grant) == ("done", 5, 3)
    assert found.counts == {"eligible": 3, "not_eligible": 1, "evidence_needed": 1}
    assert found.reasons == {"lives_elsewhere": 1, "residency_missing": 1}
    assert found.rupiah == 3 * 1_000_000, "half a year"
    rows = desk.ask(asked.ListEvaluated, evaluation_id=found.id, advice="not_eligible").items
    assert [(row.pupil_id, row.reasons[0].text["id"][:14]) for row in rows] == [(two, "Bukti terakhir")]
    with pytest.raises(asked.CountDiffers) as refused:
        granted(desk, found, 2)
    assert refused.value.data.extra == {"count": 3}
    done = granted(desk, found, 2, leave_out=[four])
    assert (done.state, done.granted, done.left_out, done.granted_by) == ("granted", 2, 0, OFFICER.subject)
    waivers = desk.ask(asked.ListWaivers).items
    assert {waiver.pupil_id for waiver in waivers} == {one, three}
    decisions = desk.ask(asked.ListDecisions).items
    assert {decision.decided_by for decision in decisions} == {OFFICER.subject}
    assert all(desk.ask(asked.ReplayDecision, decision_id=decision.id).same for decision in decisions)
    assert desk.ask(asked.ListApplications, state="decided").items[0].pupil_id == three
    replayed = desk.ask(asked.ReplayDecisions, school_year=YEAR)
    assert (replayed.judged, replayed.items) == (2, ())
    assert desk.office.events().count("waiver-granted") == 2
    with pytest.raises(asked.WaiverWrongState):
        granted(desk, found, 1)


def test_whoever_changed_meanwhile_is_left_out(desk: Desk) -> None:
    _, two = desk.enrol(1, 2)
    desk.attest()
    found = evaluated(desk)
    desk.attest(ONE, two)
    done = granted(desk, found, 2)
    assert (done.granted, done.left_out) == (1, 1)


def test_what_other_rules_would_do(desk: Desk) -> None:
    desk.enrol(1, 2, 3, 4)
    desk.attest()
    welfare(desk, (1, 2), (2, 4), (3, 6))
    now = evaluated(desk, "tangerang_cerdas")
    assert now.counts == {"eligible": 2, "not_eligible": 1, "evidence_needed": 1}
    assert (now.rupiah, now.rupiah_now) == (2 * 480_000, 2 * 480_000)
    wider = CERDAS | {"highest_decile": 6, "monthly": [{"level": "SD", "rupiah": 90_000}]}
    trial = evaluated(desk, "tangerang_cerdas", rules=wider)
    assert (trial.trial, trial.rules_version) == (True, None)
    assert trial.changes == {"same": 3, "gains": 1}
    assert (trial.rupiah, trial.rupiah_now) == (3 * 540_000, 2 * 480_000)
    (row,) = desk.ask(asked.ListEvaluated, evaluation_id=trial.id, change="gains").items
    assert row.advice == "eligible"
    narrower = evaluated(desk, "tangerang_cerdas", rules=CERDAS | {"highest_decile": 2})
    assert narrower.changes == {"same": 3, "loses": 1}
    with pytest.raises(asked.WaiverWrongState):
        granted(desk, trial, 3)
    assert desk.ask(asked.ListRules, programme="tangerang_cerdas").items[0].version == 1, "nothing has changed"


def test_a_late_release_counts_and_is_said_to_be_old(desk: Desk) -> None:
    (pupil,) = desk.enrol(1)
    desk.attest()
    welfare(desk, (1, 2), on="2026-06-30")
    application = desk.apply(pupil, "tangerang_cerdas")
    codes = [reason.code for reason in application.advice.reasons]
    assert (application.advice.advice, codes) == ("eligible", ["fulfilled", "decile_old"])
    welfare(desk, (1, 9))
    welfare(desk, (1, 1), on="2026-03-31")
    again = desk.ask(asked.GetApplication, application_id=application.id)
    assert again.advice.reasons[0].code == "decile_above", "the newest release, whichever came last"
    welfare(desk, (1, 9))


def test_rules_have_versions_and_decisions_keep_theirs(desk: Desk) -> None:
    (pupil, *_) = desk.enrol(1)
    desk.attest()
    decided = desk.decide(desk.apply(pupil).id)
    desk.rules("bop", BOP | {"residency": ["civil_registry"]})
    replay = desk.ask(asked.ReplayDecision, decision_id=decided.decision.id)
    assert (replay.same, replay.again.advice, replay.again.rules_version) == (True, "eligible", 1)
    assert desk.apply(pupil, term=2).state == "evidence_needed", "the new rules hold for what is new"


def test_by_school_and_what_is_forgotten(desk: Desk) -> None:
    desk.enrol(1, 2)
    desk.enrol(11, npsn=TWO)
    found = evaluated(desk, npsn=TWO)
    assert found.pupils == 1
    desk.office.later(days=31)
    desk.office.fire()
    assert desk.ask(asked.ListEvaluated, evaluation_id=found.id).items == ()
    assert desk.ask(asked.GetEvaluation, evaluation_id=found.id).pupils == 1


def test_a_job_that_died_goes_on(desk: Desk) -> None:
    for npsn, number in ((ONE, 1), (TWO, 2)):
        desk.enrol(number, npsn=npsn)
        desk.attest(npsn)
    found = evaluated(desk)
    told = {"evaluation_id": found.id, "count": 2, "note": "rapat"}
    desk.ask(asked.GrantEvaluated, **told)
    # As after a death between two schools: the first has its waivers, the job begins anew.
    desk.grant(desk.office.pupils(ONE)[0].id)
    desk.office.work()
    done = desk.ask(asked.GetEvaluation, evaluation_id=found.id)
    assert (done.state, done.granted) == ("granted", 1)
    assert len(desk.ask(asked.ListWaivers).items) == 2
