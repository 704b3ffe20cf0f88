"""Attendance from paper lists, results, certificates that follow them."""

from __future__ import annotations

import io
from typing import Any

import pypdf
import pypdfium2
import pytest
import zxingcpp

from contracts import umkm as asked
from contracts.problems import InvalidRequest, NotFound, StaleVersion
from tests.umkm.office import Office, citizen

AWKWARD = "Siti <b>Aminah</b> & Anak"


def attend(office: Office, batch: Any, session: int, *present: int, **more: Any) -> Any:
    """A list typed in."""
    return office.ask(asked.RecordAttendance(batch_id=batch.id, session=session, present=present, **more))


def finish(office: Office, batch: Any, **results: bool) -> Any:
    """Results by number: s1=True."""
    told = [{"number": int(name[1:]), "passed": passed} for name, passed in results.items()]
    return office.ask(asked.FinishBatch.model_validate({"batch_id": batch.id, "results": told}))


def at_session(office: Office, batch: Any, session: int) -> None:
    """The hour has come."""
    office.now = batch.sessions[session - 1].begins_at
    office.fire()


def full_batch(office: Office, count: int = 3, **more: Any) -> tuple[Any, list[Any]]:
    """So many have seats."""
    batch = office.announce(quota=count, **more)
    return batch, [office.request(batch, office.verified(number)) for number in range(1, count + 1)]


def incomplete(office: Office, batch: Any, **results: bool) -> dict[str, Any]:
    """What is missing or can't be."""
    with pytest.raises(asked.ResultsIncomplete) as refused:
        finish(office, batch, **results)
    return refused.value.data.extra


def test_no_attendance_before_the_session_has_begun(office: Office) -> None:
    batch, _ = full_batch(office)
    with pytest.raises(asked.SessionNotBegun) as refused:
        attend(office, batch, 1, 1)
    assert refused.value.data.extra["begins_at"].startswith("2026-12-07")
    at_session(office, batch, 1)
    attend(office, batch, 1, 1)
    with pytest.raises(asked.SessionNotBegun):
        attend(office, batch, 2, 1)
    with pytest.raises(InvalidRequest):
        attend(office, batch, 3, 1)


def test_attendance_counts_even_if_the_clock_is_late(office: Office) -> None:
    batch, _ = full_batch(office)
    office.now = batch.sessions[0].begins_at
    assert attend(office, batch, 1, 3, 1).present == (1, 3)
    assert office.batch(batch).state == "running" and office.fire() == 1


def test_the_newer_list_of_a_session_counts(office: Office) -> None:
    batch, _ = full_batch(office)
    at_session(office, batch, 1)
    assert attend(office, batch, 1, 1, 2).version == 1
    assert attend(office, batch, 1, 2, 1).version == 1, "the same in another order"
    assert attend(office, batch, 1, 1, version=1).version == 2
    with pytest.raises(StaleVersion):
        attend(office, batch, 1, 2, version=1)
    with pytest.raises(InvalidRequest) as refused:
        attend(office, batch, 1, 1, 99)
    assert refused.value.data.errors[0].pointer == "/present/1"


def test_passed_failed_and_no_show(office: Office) -> None:
    batch, seats = full_batch(office)
    for session, present in ((1, (1, 2)), (2, (1,))):
        at_session(office, batch, session)
        attend(office, batch, session, *present)
    assert incomplete(office, batch, s1=True) == {"missing": [2]}
    assert incomplete(office, batch, s1=True, s2=True) == {"too_few": [2]}
    assert incomplete(office, batch, s1=True, s2=False, s3=False) == {"absent": [3]}
    assert finish(office, batch, s1=True, s2=False).state == "finished"
    assert office.states(batch) == ["passed", "failed", "no_show"]
    assert office.seat(seats[0]).sessions == (1, 2)
    with pytest.raises(asked.BatchWrongState):
        finish(office, batch, s1=True, s2=True)
    assert len(office.ask(asked.ListCertificates()).items) == 1


def test_not_before_every_list_is_typed_in(office: Office) -> None:
    batch, _ = full_batch(office, sessions_needed=1)
    at_session(office, batch, 1)
    attend(office, batch, 1, 1)
    assert incomplete(office, batch, s1=True) == {"sessions": [2]}
    at_session(office, batch, 2)
    attend(office, batch, 2)
    assert finish(office, batch, s1=True).state == "finished"


def test_a_bazaar_has_no_results(office: Office) -> None:
    batch, _ = full_batch(office, kind="bazaar")
    for session in (1, 2):
        at_session(office, batch, session)
        attend(office, batch, session, 2)
    finish(office, batch)
    assert office.states(batch) == ["no_show", "attended", "no_show"]
    assert office.ask(asked.ListCertificates()).items == ()


def certified(office: Office, **owner: Any) -> tuple[Any, Any]:
    """A seat that has passed, and its certificate."""
    batch = office.announce(quota=1, title="Keamanan Pangan & <Label>")
    seat = office.request(batch, office.verified(1, owner=owner))
    for session in (1, 2):
        at_session(office, batch, session)
        attend(office, batch, session, 1)
    finish(office, batch, s1=True)
    return seat, office.ask(asked.ListCertificates(), citizen(1)).items[0]


def test_a_wrong_result_is_corrected_and_the_certificate_follows(office: Office) -> None:
    seat, certificate = certified(office)
    told = {"seat_id": seat.id, "reason": "nilai salah dipindahkan"}
    assert office.ask(asked.CorrectResult(passed=False, **told)).state == "failed"
    check = asked.CheckCertificate(certificate_code=certificate.code)
    assert office.ask(check).state == "revoked"
    with pytest.raises(NotFound):
        office.ask(asked.PrintCertificate(certificate_id=certificate.id), citizen(1))
    office.ask(asked.CorrectResult(passed=True, **told))
    assert office.ask(check).state == "valid"
    told_events = [one for one in office.events() if one in ("training-completed", "certificate-revoked")]
    assert told_events == ["training-completed", "certificate-revoked", "training-completed"]


def test_a_revoked_certificate_says_so_to_anybody(office: Office) -> None:
    _, certificate = certified(office)
    revoke = asked.RevokeCertificate(certificate_id=certificate.id, reason="diperoleh dengan curang")
    assert (office.ask(revoke).state, office.ask(revoke).version) == ("revoked", 2)
    shown = office.ask(asked.CheckCertificate(certificate_code=certificate.code))
    assert shown.state == "revoked" and "Siti" not in shown.model_dump_json()


def test_a_certificate_prints_names_as_they_are_and_its_qr_code_leads_to_the_public_page(office: Office) -> None:
    _, certificate = certified(office, name=AWKWARD)
    content = office.ask(asked.PrintCertificate(certificate_id=certificate.id), citizen(1)).content
    words = pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text()
    assert AWKWARD in words and "Keamanan Pangan & <Label>" in words and certificate.code in words
    page = pypdfium2.PdfDocument(content)[0].render(scale=2).to_pil()
    found = [one.text for one in zxingcpp.read_barcodes(page)]
    assert found == [f"http://127.0.0.1:8000/v1/umkm/certificates/{certificate.code.replace('-', '')}"]
    with pytest.raises(NotFound):
        office.ask(asked.PrintCertificate(certificate_id=certificate.id), citizen(2))


def test_the_list_to_be_signed_has_numbers_and_names(office: Office) -> None:
    batch = office.announce()
    office.request(batch, office.verified(1, owner={"name": AWKWARD}))
    pdf = office.ask(asked.PrintAttendance(batch_id=batch.id, session=2))
    words = pypdf.PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text()
    assert AWKWARD in words and "Keripik Contoh 1" in words and "Sesi 2 dari 2" in words
