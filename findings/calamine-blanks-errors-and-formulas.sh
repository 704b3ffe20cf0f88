#!/bin/sh
# python-calamine reads an error cell, and a formula whose result was never stored, as an empty text.
#
# python-calamine 0.9.1 on workbooks of XlsxWriter 3.2.9 and openpyxl 3.1.5. A school's list with #N/A in the column of a
# child's number (a failed look-up, the usual way in which lists are joined) reads like one with an empty cell: a missing
# number, which is allowed, where a wrong one stands. The same for a formula written by a library, which no spreadsheet has
# opened since: its cell is there in the file, and empty text for the reader. openpyxl gives '#N/A' for the first, and for the
# second None or the formula's text, depending on data_only, but never both in one pass. Rows and columns in front that are
# empty are dropped by to_python() unless skip_empty_area=False: a fault that is reported by row number points at another row.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check python-calamine==0.9.1 XlsxWriter==3.2.9 openpyxl==3.1.5
"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import sys

import openpyxl
import xlsxwriter
from python_calamine import load_workbook

path = f"{sys.argv[1]}/list.xlsx"
book = xlsxwriter.Workbook(path)
sheet = book.add_worksheet()
sheet.write_row(3, 1, ["name", "number"])
sheet.write_string(4, 1, "one child")
sheet.write_formula(4, 2, "=NA()", None, "#N/A")
book.close()
read = load_workbook(path).get_sheet_by_index(0)
print("error cell:", read.to_python())
assert read.to_python() == [["name", "number"], ["one child", ""]]
whole = read.to_python(skip_empty_area=False)
print("with empty area:", len(whole), "rows of", len(whole[0]))
assert (len(whole), len(whole[0]), whole[4][2]) == (5, 3, "")

book = openpyxl.Workbook()
book.active.append(["name", "number"])
book.active.append(["one child", "=1+1"])
book.save(path)
print("formula never calculated:", load_workbook(path).get_sheet_by_index(0).to_python())
assert load_workbook(path).get_sheet_by_index(0).to_python() == [["name", "number"], ["one child", ""]]
shown = [openpyxl.load_workbook(path, data_only=only).active["B2"].value for only in (True, False)]
print("openpyxl, data_only and not:", shown)
assert shown == [None, "=1+1"]
PYTHON
