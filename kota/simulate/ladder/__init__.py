"""A year of Tangerang Emas in seconds: groups, a bank, everything that goes wrong, and an account of every rupiah.

office.py       the service's own handlers, jobs and clocks, by a clock that is moved on
members.py      who pays how: what each does on which day
bank.py         the bank's files, and what the bank itself knows
groups.py       owners trained, groups formed, checked, paid out
year.py         day by day
result.py       what it has come to
reconciling.py  bank, API, ledger, balances, events and the year's figures, compared
"""
