"""A school's list of pupils: found in a sheet, read cell by cell, each row judged by itself.

mapping.py   which column holds what: data, in mappings/      header.py   where the table begins
values.py    one cell                                          faults.py   what can be wrong with it, in two languages
reading.py   a row                                             grades.py   the grade in a class' name
ending.py    how many may end without counting
"""
