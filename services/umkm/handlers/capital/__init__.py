"""Tangerang Emas, one function per request, event or clock.

terms.py, ladder.py            what can be borrowed, and by whom
groups.py, checks.py           groups formed, checked by office and bank
disbursing.py, recourse.py     paid out; members who disappear
bank_files.py, booking.py      the bank's files, taken and booked (a job)
lines.py, moving.py            lines that wait for a person; loans that stand otherwise by a booking
kur.py, letter.py              the rule of KUR, a letter to the bank
freezing.py                    a death, and its correction
find.py, loans.py, views.py    what a request names, and what is shown
"""
