"""SQL of the capital programme.

terms.py      terms by version                 group.py        groups
loan.py       loans                            entry.py        instalments and the ledger
standing.py   what is owed, for many loans     bank_file.py    the bank's files
bank_line.py  their lines                      booking.py      what a whole file is matched against
"""

from . import bank_file, bank_line, booking, entry, group, loan, standing, terms

__all__ = ["bank_file", "bank_line", "booking", "entry", "group", "loan", "standing", "terms"]
