"""SQL of the education service: a table or a question a file.

school.py        schools                         pupil.py        pupils, found by school, name, number
enrolment.py     times at schools                disclosure.py   who saw what unmasked
roster.py        uploaded lists                  roster_row.py   their rows: the preview
matching.py      whom the office knows           applying.py     a roster becomes pupils
death_notice.py  deaths that may concern a pupil
"""

from . import applying, death_notice, disclosure, enrolment, matching, pupil, roster, roster_row, school

__all__ = [
    "applying",
    "death_notice",
    "disclosure",
    "enrolment",
    "matching",
    "pupil",
    "roster",
    "roster_row",
    "school",
]
