"""Grants, one function per request.

rounds.py, deciding.py     rounds announced, ranked, decided
applying.py, reviewing.py  applications made; papers and visits
assessing.py               scores, given without knowing who applies
earlier.py                 grants from elsewhere
find.py, bars.py           what a request names; who can't have a grant
views.py                   what is shown
"""
