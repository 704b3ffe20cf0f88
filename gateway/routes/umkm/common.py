"""What several groups of addresses share."""

from __future__ import annotations

BASE = "/v1/umkm"
BUSINESS = f"{BASE}/businesses/{{business_id}}"
BUSINESS_ID = "01a20a67-01f0-72f8-a748-0681f088c902"
