"""Who owns a business."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field, StrictBool, StringConstraints

from ...base import Model, Request
from ...identity import FamilyCardNumber, KelurahanCode, Nik, Phone, Sex
from ..views import BusinessView, OwnerDisclosure

PersonName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=100)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=300)]


class OwnerGiven(Model):
    """As on the KTP. The number of the family card lets a household's priority be seen; a disability counts, too."""

    nik: Nik = Field(repr=False)
    name: PersonName = Field(repr=False)
    phone: Phone = Field(repr=False)
    kelurahan_code: KelurahanCode
    sex: Sex | None = Field(default=None, description="If it is not the one that the NIK tells.")
    family_card_number: FamilyCardNumber | None = Field(default=None, repr=False)
    disability: StrictBool = False


class CorrectOwner(Request, operation="umkm.correct_owner", scope="umkm:register", reply=BusinessView):
    """What has changed, or was wrong, of the owner of this business. The NIK stays: it is for life."""

    business_id: UUID
    name: PersonName | None = Field(default=None, repr=False)
    phone: Phone | None = Field(default=None, repr=False)
    kelurahan_code: KelurahanCode | None = None
    sex: Sex | None = None
    family_card_number: FamilyCardNumber | None = Field(default=None, repr=False)
    disability: StrictBool | None = None


class DiscloseOwner(Request, operation="umkm.disclose_owner", scope="umkm:verify", reply=OwnerDisclosure):
    """All that is kept of the owner, unmasked. Who, when and why is recorded."""

    business_id: UUID
    reason: Reason


__all__ = ["CorrectOwner", "DiscloseOwner", "OwnerGiven"]
