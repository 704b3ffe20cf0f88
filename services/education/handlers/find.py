"""Loading what a request names, or refusing it: not found, not the caller's, no purpose given."""

from __future__ import annotations

from uuid import UUID

from chassis.work import Work
from contracts.education import PurposeNeeded
from contracts.problems import Forbidden, NotFound

from .. import store
from ..domain.pupil import Pupil
from ..domain.roster.upload import Upload
from ..domain.school import School


def school(work: Work, npsn: str, *, lock: bool = False, heir: bool = False) -> School:
    """The school, if the caller may act for it. `heir`: or for the one that took it over. Raises NotFound or
    Forbidden."""
    if not heir or not may_act_for(work, npsn):
        require_school(work, npsn)
    return known(store.school.get(work, npsn, lock=lock), npsn)


def may_act_for(work: Work, npsn: str) -> bool:
    """Whether the caller belongs to a school, or to the one that took it over, or is limited to none."""
    if work.actor.may_touch(store.school.KIND, npsn):
        return True
    closed = store.school.get(work, npsn)
    heir = closed.merged_into if closed else None
    return heir is not None and work.actor.may_touch(store.school.KIND, heir)


def known(found: School | None, npsn: str) -> School:
    """The school, if there is one. Raises NotFound."""
    if found is None:
        raise NotFound(f"no school {npsn}", detail_id=f"tidak ada sekolah {npsn}")
    return found


def pupil(work: Work, pupil_id: UUID, *, lock: bool = False, everywhere: bool = False) -> Pupil:
    """The pupil. A school's people see who is enrolled there now; anybody else's child is as if it were not known.
    Raises NotFound."""
    found = store.pupil.get(work, pupil_id, lock=lock)
    mine = None if everywhere else work.actor.rows.get(store.school.KIND)
    if found is None and mine is None and (other := store.joining.leads_to(work, pupil_id)):
        raise NotFound(
            f"pupil {pupil_id} is {other}", detail_id=f"peserta didik {pupil_id} kini {other}", joined_into=str(other)
        )
    if found is None or (mine is not None and (found.enrolment is None or found.enrolment.npsn not in mine)):
        raise NotFound(f"no pupil {pupil_id}", detail_id=f"tidak ada peserta didik {pupil_id}")
    return found


def roster(work: Work, roster_id: UUID, *, lock: bool = False) -> Upload:
    """The roster, if it is of a school of the caller's. Another's is as if it were not there. Raises NotFound."""
    found = store.roster.get(work, roster_id, lock=lock)
    if found is None or not work.actor.may_touch(store.school.KIND, found.npsn):
        raise NotFound(f"no roster {roster_id}", detail_id=f"tidak ada daftar {roster_id}")
    return found


def require_school(work: Work, npsn: str) -> None:
    """Row scope: a school's people touch their own school only. Raises Forbidden."""
    if not work.actor.may_touch(store.school.KIND, npsn):
        raise Forbidden(f"school {npsn} is not yours", detail_id=f"sekolah {npsn} bukan milik Anda", npsn=npsn)


def own_school(work: Work, npsn: str | None) -> bool:
    """Whether the caller belongs to this school: then its children's names are no secret."""
    return npsn is not None and npsn in work.actor.rows.get(store.school.KIND, ())


def require_purpose(work: Work) -> None:
    """Whoever is not limited to a school says why children's data are needed. Raises PurposeNeeded."""
    if store.school.KIND not in work.actor.rows and not work.cause.purpose:
        raise PurposeNeeded("send the header X-Purpose", detail_id="kirim header X-Purpose")
