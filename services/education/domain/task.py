"""Something for a person to look at: a death, a pupil without a number. The system changes nothing by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from contracts.education import TaskKind, TaskState

CONDOLENCE = {
    "en": "The education office and the school mourn with you. The child's time at the school ends when you and the"
    " school say so; nothing is claimed back for this month.",
    "id": "Dinas Pendidikan dan pihak sekolah turut berduka cita. Data sekolah ananda baru diakhiri setelah keluarga"
    " dan sekolah menyatakannya; bantuan bulan ini tidak ditarik kembali.",
}


@dataclass(slots=True)
class Task:
    """About one pupil; `notice_id` names the death that it is about, `due_on` the last day for it."""

    id: UUID
    kind: TaskKind
    state: TaskState
    pupil_id: UUID
    notice_id: UUID | None
    opened_at: datetime
    due_on: date | None = None
    finished_at: datetime | None = None
    finished_by: str | None = None
    note: str | None = None

    def overdue(self, today: date) -> bool:
        """Whether its day is over."""
        return self.state is TaskState.OPEN and self.due_on is not None and self.due_on < today

    def finish(self, now: datetime, by: str, note: str) -> bool:
        """Somebody has looked; False if somebody had before."""
        if self.state is not TaskState.OPEN:
            return False
        self.state, self.finished_at, self.finished_by, self.note = TaskState.DONE, now, by, note
        return True
