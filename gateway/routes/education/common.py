"""What several groups of addresses share."""

from __future__ import annotations

BASE = "/v1/education"
PUPIL = f"{BASE}/pupils/{{pupil_id}}"
SOME_ID = "01a20a67-01f0-72f8-a748-0681f088c901"
