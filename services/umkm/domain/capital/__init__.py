"""Tangerang Emas: small loans to groups whose members vouch for each other.

terms.py      what can be borrowed, by version      schedule.py   instalments in whole rupiah
group.py      groups                                loan.py       a member's loan
standing.py   what is owed, and how it stands       bank_file.py  the partner bank's files
kur.py        the rule of KUR
matching.py   lines of them matched with loans
"""
