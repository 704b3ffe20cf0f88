"""Files of rows as schools send them, read as a stream: a row at a time, in bounded memory, nothing left out.

opening.py    what kind of file it is            limits.py   how large it may be
cells.py      what a cell can be                 package.py  parts of a zipped workbook, hostile ones refused
xlsx.py       Office Open XML                    shared.py   its table of texts
ods.py        OpenDocument                       xls.py      Excel 97
delimited.py  CSV

Libraries read the values that people see and forget what they can't show: an error cell, a formula that nobody has
calculated, rows and columns that are empty in front. Here each is told apart, and every row keeps its number.
"""

from __future__ import annotations

from .cells import Cell, Kind, Line, column_letters
from .limits import Limits, Unreadable
from .opening import open_sheets

__all__ = ["Cell", "Kind", "Limits", "Line", "Unreadable", "column_letters", "open_sheets"]
