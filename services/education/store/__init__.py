"""SQL of the education service: a table or a question a file.

school.py        schools                         pupil.py        pupils, found by school, name, number
enrolment.py     times at schools                note.py         what people wrote about an act
roster.py        uploaded lists                  roster_row.py   their rows: the preview
matching.py      whom the office knows           applying.py     a roster becomes pupils
transfer.py      moves between schools           moving.py       pupils from one school to another, set by set
undoing.py       a roster taken back             task.py         what a person has to look at
number_task.py   of pupils without a number
agreement.py     with partner schools            family.py       who is whose parent
joining.py       two entries of one child         cut_off.py      until when rosters count
death_notice.py  deaths that may concern a pupil
"""

from . import (
    agreement,
    applying,
    cut_off,
    death_notice,
    enrolment,
    family,
    joining,
    matching,
    moving,
    note,
    number_task,
    pupil,
    roster,
    roster_row,
    school,
    task,
    transfer,
    undoing,
)

__all__ = [
    "agreement",
    "applying",
    "cut_off",
    "death_notice",
    "enrolment",
    "family",
    "joining",
    "matching",
    "moving",
    "note",
    "number_task",
    "pupil",
    "roster",
    "roster_row",
    "school",
    "task",
    "transfer",
    "undoing",
]
