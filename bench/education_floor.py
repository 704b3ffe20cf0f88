"""The least that reading a roster can cost: the fastest reader gives every cell, COPY puts them into a bare table.

`python -m bench.education_floor FILE URL`: run as a process of its own, so that its memory can be told.
"""

from __future__ import annotations

import sys

import psycopg
from python_calamine import load_workbook


def main(path: str, url: str) -> None:
    """Read and copy."""
    rows = load_workbook(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
    width = max(map(len, rows))
    columns = ", ".join(f"c{number} text" for number in range(width))
    with psycopg.connect(url, autocommit=False) as connection:
        connection.execute("DROP TABLE IF EXISTS floor")
        connection.execute(f"CREATE TABLE floor ({columns})".encode())
        with connection.cursor().copy("COPY floor FROM STDIN") as copy:
            for row in rows:
                copy.write_row([None if cell == "" else str(cell) for cell in row])
        connection.commit()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
