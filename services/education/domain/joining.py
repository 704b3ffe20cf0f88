"""Two entries of one child, made one: what must agree, whose values stay, at which school the child is."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from contracts.education import PupilNumber, PupilsDiffer
from contracts.problems import wrong_field

from .pupil import Enrolment, Pupil


def joined_details(pupil: Pupil, duplicate: Pupil, give_up: Collection[PupilNumber]) -> dict[str, Any]:
    """The pupil's own values; of the duplicate whatever the pupil has not. Raises PupilsDiffer: twins are two."""
    differs = [name for name in ("birth_date", "sex") if getattr(pupil, name) != getattr(duplicate, name)]
    for kind in PupilNumber:
        numbers = {one.details[kind] for one in (pupil, duplicate) if kind in one.details}
        if len(numbers) > 1 and kind not in give_up:
            differs.append(kind.value)
    if differs:
        raise PupilsDiffer(fields=differs)
    return {**duplicate.details, **pupil.details}


def places(pupil: Pupil, duplicate: Pupil, npsn: str | None) -> tuple[Enrolment | None, Enrolment | None]:
    """The enrolment that goes on, and the one that ends. Raises InvalidRequest."""
    own, other = pupil.enrolment, duplicate.enrolment
    if npsn is not None and npsn not in {one.npsn for one in (own, other) if one}:
        raise wrong_field("npsn", "not_there", "neither of the two is enrolled there", "name one of their schools")
    if own is None or other is None:
        return own or other, None
    if own.npsn != other.npsn and npsn is None:
        raise wrong_field(
            "npsn", "two_schools", "the two are enrolled at different schools", "name the one where the child is now"
        )
    return (other, own) if npsn not in (None, own.npsn) else (own, other)
