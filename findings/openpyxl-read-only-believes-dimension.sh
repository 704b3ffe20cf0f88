#!/bin/sh
# openpyxl's read-only mode loses every row beyond a wrong <dimension>, without a word; its usual mode reads them all.
#
# openpyxl 3.1.5. The element is optional and only a hint (ECMA-376, 18.3.1.35); a writer that streams has to write it before
# it knows the rows. With read_only=True, the mode for large files, a list of pupils whose hint says A1 has one row of one
# cell. Calling reset_dimensions() first gives all rows, but rows may then differ in length.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5
"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import sys
import zipfile

import openpyxl

path, hinted = f"{sys.argv[1]}/list.xlsx", f"{sys.argv[1]}/hinted.xlsx"
book = openpyxl.Workbook()
for number in range(100):
    book.active.append([number, "a child"])
book.save(path)
with zipfile.ZipFile(path) as old, zipfile.ZipFile(hinted, "w") as new:
    for name in old.namelist():
        text = old.read(name)
        new.writestr(name, text.replace(b'<dimension ref="A1:B100"', b'<dimension ref="A1"'))

usual = sum(1 for _ in openpyxl.load_workbook(hinted).active.iter_rows())
quick = list(openpyxl.load_workbook(hinted, read_only=True).active.iter_rows(values_only=True))
again = openpyxl.load_workbook(hinted, read_only=True).active
again.reset_dimensions()
print("usual mode:", usual, "rows; read-only mode:", quick, "; after reset_dimensions:", sum(1 for _ in again.iter_rows()))
assert usual == 100
assert quick == [(0,)]
PYTHON
