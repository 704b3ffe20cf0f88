"""Which field names announce something personal or secret."""

from __future__ import annotations

import re
from functools import lru_cache

HIDDEN = "***"

# Wherever such a word stands in a field's name, its value is hidden.
ANYWHERE = frozenset(
    {"nik", "ktp", "kk", "nisn", "npwp", "password", "passwd", "secret", "authorization", "cookie", "credential"}
    | {"credentials", "token", "passphrase", "complaint", "keluhan", "diagnosis", "symptom", "symptoms"}
)
# These hide a value when they end its name: `patient_name`, but not `name_length`.
LAST = frozenset(
    {"name", "nama", "phone", "telephone", "telepon", "mobile", "whatsapp", "hp", "email", "mail", "address", "alamat"}
    | {"landmark", "birthdate", "dob", "account", "rekening", "coordinates", "latitude", "longitude", "surname"}
    | {"note", "notes", "narrative"}
)
PHRASES = ("birth_date", "tanggal_lahir", "family_card", "api_key", "private_key", "nama_ibu", "tempat_lahir")
# A name or address of a thing: the word before the last says so.
OF_THINGS = frozenset(
    {"event", "queue", "exchange", "service", "file", "logger", "module", "func", "function", "operation", "host"}
    | {"task", "class", "table", "column", "field", "constraint", "index", "database", "schema", "thread", "process"}
    | {"listen", "bind", "server", "broker", "metric", "method", "consumer", "node", "container", "variable", "unit"}
)
# These say something about a value, not the value.
ABOUT = frozenset({"id", "ids", "count", "total", "type", "kind", "length", "valid", "present", "version", "status"})

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NOT_WORD = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=4096)
def is_sensitive(key: str) -> bool:
    """True if a value under this name must not be logged: `nik`, `guardianName`, `X-Api-Key`, `refresh_token`."""
    words = [word for word in _NOT_WORD.split(_CAMEL.sub("_", key).lower()) if word]
    if not words or words[-1] in ABOUT:
        return False
    if ANYWHERE.intersection(words) or any(phrase in "_".join(words) for phrase in PHRASES):
        return True
    return words[-1] in LAST and (len(words) == 1 or words[-2] not in OF_THINGS)
