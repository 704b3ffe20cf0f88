"""KUR, the state's credit: the rule is checked, a letter refers to the bank; nothing more is ours."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from ...base import Query, RecordedQuery
from ...files import Pdf
from ..capital_values import KurUse
from ..views import KurCheckView

KurRupiah = Annotated[int, Field(ge=1, le=1_000_000_000_000, description="Whole rupiah.")]


class CheckKur(Query, operation="umkm.check_kur", scope="umkm:borrow", reply=KurCheckView):
    """Whether a business meets the rule for a credit of this size, and what is missing."""

    business_id: UUID
    rupiah: KurRupiah


class PrintKurReferral(RecordedQuery, operation="umkm.print_kur_referral", scope="umkm:lend", reply=Pdf):
    """A letter of the office to a bank, if the rule is met; who printed it is recorded, and why (X-Purpose)."""

    business_id: UUID
    rupiah: KurRupiah
    use: KurUse


__all__ = ["CheckKur", "PrintKurReferral"]
