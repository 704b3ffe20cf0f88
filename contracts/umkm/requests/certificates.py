"""Certificates: printed, revoked, looked up by anybody who holds one in their hand."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from pydantic import BeforeValidator, StrictInt, WithJsonSchema

from ...base import Query, RecordedQuery, Request
from ...files import Pdf
from ...identity._text import compact, refuse
from ...paging import PageQuery
from ..views import CertificatePage, CertificateView, PublicCertificate
from .businesses import SEEN
from .owners import Reason

DIGITS = 13


def _code(value: Any) -> str:
    """The digits of a code. Whether the last one fits the others is the service's to say."""
    text = compact(value, "the code")
    if len(text) != DIGITS or not text.isdigit():
        refuse("code_shape", "a certificate's code has 13 digits", "copy it from the certificate, or scan the QR code")
    return text


CertificateCode = Annotated[
    str,
    BeforeValidator(_code),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{13}$", "description": "Of a certificate, 13 digits."}),
]


class CheckCertificate(Query, operation="umkm.check_certificate", scope="umkm:public", reply=PublicCertificate):
    """For anybody: whether a certificate is one of the city's, and counts."""

    certificate_code: CertificateCode


class PrintCertificate(RecordedQuery, operation="umkm.print_certificate", scope="umkm:seats", reply=Pdf):
    """With its code and a QR code that leads to the public page."""

    certificate_id: UUID


class ListCertificates(PageQuery, operation="umkm.list_certificates", scope="umkm:seats", reply=CertificatePage):
    """Newest first; owners see their own."""

    batch_id: UUID | None = None
    business_id: UUID | None = None


class RevokeCertificate(Request, operation="umkm.revoke_certificate", scope="umkm:certify", reply=CertificateView):
    """It does not count any more, such as after a fraud; the result stays as it was."""

    certificate_id: UUID
    reason: Reason
    version: StrictInt | None = SEEN


__all__ = ["CheckCertificate", "ListCertificates", "PrintCertificate", "RevokeCertificate"]
