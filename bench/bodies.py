"""Bodies of synthetic emergency calls; phones are of the unassigned +62 899 0000 range."""

from __future__ import annotations

import random
import uuid
from collections.abc import Mapping
from typing import Any

import orjson

from bench.load import Request

COMPLAINTS = ("Sesak napas sejak pagi", "Jatuh dari motor, kaki patah", "Nyeri dada menjalar ke lengan",
              "Akan melahirkan, ketuban pecah", "Tidak sadarkan diri di pasar")  # fmt: skip
KINDS = ("medical", "trauma", "obstetric", "transfer")
LANDMARKS = ("Depan Masjid Raya Al-Azhom", "Stasiun Tangerang", "Pasar Anyar", "Simpang Cikokol")


def peer_body(rng: random.Random) -> dict[str, Any]:
    """A body of the peers' work, at a place in or near the city."""
    return {
        "caller_phone": f"+628990000{rng.randrange(10_000):04d}", "complaint": rng.choice(COMPLAINTS),
        "kind": rng.choice(KINDS), "longitude": round(rng.uniform(106.56, 106.77), 6),
        "latitude": round(rng.uniform(-6.26, -6.10), 6), "landmark": rng.choice(LANDMARKS), "patients": 1,
    }  # fmt: skip


def requests(body: Any = peer_body, seed: int = 71, variety: int = 500) -> Request:
    """Requests that take turns over `variety` prepared bodies, each with an Idempotency-Key of its own."""
    rng = random.Random(seed)
    bodies = [orjson.dumps(body(rng)) for _ in range(variety)]
    prefix = uuid.uuid4().hex

    def request(number: int) -> tuple[Mapping[str, str], bytes]:
        return {"Idempotency-Key": f"{prefix}-{number}"}, bodies[number % variety]

    return request
