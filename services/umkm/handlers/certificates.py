"""Certificates issued, revoked, looked up by anybody who holds one."""

from __future__ import annotations

from uuid import UUID

from chassis.work import Work
from contracts.files import Pdf
from contracts.problems import NotFound
from contracts.times import WIB
from contracts.umkm import (
    CertificatePage,
    CertificateRevoked,
    CertificateState,
    CertificateView,
    CheckCertificate,
    ListCertificates,
    PrintCertificate,
    PublicCertificate,
    RevokeCertificate,
    TrainingCompleted,
)

from .. import store
from ..domain.batch import Batch
from ..domain.certificate import Certificate, code_of, grouped, require_code
from ..domain.owner import initials
from ..domain.seat import Seat
from . import find, printing, views


def issue(work: Work, batch: Batch, seat: Seat) -> None:
    """Of a seat that has passed; one that was withdrawn for this seat counts again."""
    owner = find.owner_of(work, seat.owner_id)
    known = store.certificate.of_seat(work, seat.id)
    if known is not None:
        known.restore()
        certificate = known
    else:
        id = work.new_id()
        certificate = Certificate(
            id,
            _new_code(work, id),
            seat.id,
            batch.id,
            seat.business_id,
            owner.id,
            owner.name,
            batch.title,
            batch.sessions[-1].ends_at.astimezone(WIB).date(),
            work.now,
        )
    store.certificate.put(work, certificate, known=known is not None)
    told = TrainingCompleted(
        seat_id=seat.id,
        batch_id=batch.id,
        business_id=seat.business_id,
        person_key=owner.person_key,
        certificate_id=certificate.id,
        completed_on=certificate.completed_on,
    )
    work.emit(certificate.id, certificate.version, told)
    work.audit(certificate.id, state=certificate.state)


def withdraw(work: Work, seat: Seat, reason: str) -> None:
    """The result that it stood for was wrong."""
    certificate = store.certificate.of_seat(work, seat.id)
    if certificate is not None and certificate.revoke(reason):
        _keep(work, certificate)


def revoke_certificate(work: Work, request: RevokeCertificate) -> CertificateView:
    """It does not count any more."""
    certificate = find.certificate(work, request.certificate_id, lock=True, seen=request.version)
    if certificate.revoke(request.reason):
        _keep(work, certificate)
    return views.certificate_view(certificate)


def list_certificates(work: Work, query: ListCertificates) -> CertificatePage:
    """Newest first."""
    found, cursor = store.certificate.pages(work, query)
    return CertificatePage(items=tuple(map(views.certificate_view, found)), next=cursor)


def check_certificate(work: Work, query: CheckCertificate) -> PublicCertificate:
    """Code, initials, course and date: enough to compare with the paper."""
    require_code(query.certificate_code)
    certificate = store.certificate.by_code(work, query.certificate_code)
    if certificate is None:
        raise NotFound("no certificate has this code", detail_id="tidak ada sertifikat dengan kode ini")
    return PublicCertificate(
        code=grouped(certificate.code),
        state=certificate.state,
        initials=initials(certificate.name),
        course=certificate.course,
        completed_on=certificate.completed_on,
    )


def print_certificate(work: Work, request: PrintCertificate) -> Pdf:
    """Who printed whose is recorded."""
    certificate = find.certificate(work, request.certificate_id)
    if certificate.state is CertificateState.REVOKED:
        raise NotFound("the certificate is revoked", detail_id="sertifikat ini telah dicabut")
    work.audit(certificate.id, printed=True)
    return Pdf(file_name=f"sertifikat-{grouped(certificate.code)}.pdf", content=printing.certificate(certificate))


def _keep(work: Work, certificate: Certificate) -> None:
    store.certificate.put(work, certificate, known=True)
    owner = find.owner_of(work, certificate.owner_id)
    told = CertificateRevoked(
        certificate_id=certificate.id,
        seat_id=certificate.seat_id,
        batch_id=certificate.batch_id,
        person_key=owner.person_key,
    )
    work.emit(certificate.id, certificate.version, told)
    work.audit(certificate.id, state=certificate.state)


def _new_code(work: Work, id: UUID) -> str:
    """From the id by the suite's secret: nobody can guess it, and no code comes twice."""
    for attempt in range(20):
        code = code_of(work.person_keys.fingerprint(f"certificate {id} {attempt}".encode()))
        if store.certificate.by_code(work, code) is None:
            return code
    raise RuntimeError("twenty codes in a row were taken")
