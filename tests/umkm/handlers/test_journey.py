"""From a business to a certificate that anybody can check."""

from __future__ import annotations

from typing import Any

import pytest

from contracts import umkm as asked
from contracts.problems import InvalidRequest, NotFound
from tests.umkm.office import Office, citizen


def finished(office: Office, batch: Any, *passed: bool) -> Any:
    """Both sessions attended by the first seats; these results."""
    present = tuple(range(1, len(passed) + 1))
    for session in (1, 2):
        office.now = batch.sessions[session - 1].begins_at
        office.fire()
        office.ask(asked.RecordAttendance(batch_id=batch.id, session=session, present=present))
    results = [{"number": number, "passed": one} for number, one in enumerate(passed, 1)]
    return office.ask(asked.FinishBatch.model_validate({"batch_id": batch.id, "results": results}))


def test_from_registration_to_a_certificate_that_anybody_can_check(office: Office) -> None:
    business = office.register()
    assert (business.state, business.size.size_class, business.nib) == ("registered", "micro", None)
    with pytest.raises(asked.NotVerified):
        office.request(office.announce(), business, 1)
    office.ask(asked.VerifyBusiness(business_id=business.id))
    batch = office.announce(quota=1)
    seat = office.request(batch, business, 1)
    assert (seat.state, seat.number, seat.reasons) == ("accepted", 1, ("first_timer",))
    assert office.batch(batch).state == "full"
    done = finished(office, batch, True)
    assert done.state == "finished"
    mine = office.ask(asked.ListCertificates(), citizen()).items
    assert [(one.course, one.state) for one in mine] == [("Pengemasan dan label", "valid")]
    shown = office.ask(asked.CheckCertificate(certificate_code=mine[0].code))
    assert (shown.initials, shown.course, shown.state) == ("S. C.", "Pengemasan dan label", "valid")
    assert "training-completed" in office.events()


def test_a_code_with_one_digit_off_is_called_mistyped_not_unknown(office: Office) -> None:
    business, batch = office.verified(), office.announce(quota=1)
    office.request(batch, business)
    finished(office, batch, True)
    code = office.ask(asked.ListCertificates()).items[0].code.replace("-", "")
    other = code[:5] + str((int(code[5]) + 1) % 10) + code[6:]
    with pytest.raises(InvalidRequest) as refused:
        office.ask(asked.CheckCertificate(certificate_code=other))
    assert refused.value.data.errors[0].code == "code_check"
    with pytest.raises(NotFound):
        office.ask(asked.CheckCertificate(certificate_code="0000000000012"))
