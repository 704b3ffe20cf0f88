"""Small files of our own, in the two formats that the imports read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

HEADER = "id,name,type,kecamatan_code,kelurahan_code,approx_lat,approx_lng,emergency_24h,status"
CLINIC = "PKM-1,Puskesmas Satu,puskesmas,36.71.01,36.71.01.1001,-6.17,106.63,yes,operating"
HOSPITAL = "RS-1,RSUD Dua,hospital_public,36.71.04,,-6.15,106.68,unverified,operating"
PLANNED = "RS-2,RSUD Tiga,hospital_public,36.71.09,,-6.21,106.62,no,planned for 2030"
BASE = "AMB-01,Pangkalan,ambulance_base,36.71.01,,-6.2,106.62,yes,operating"
CEMETERY = "TPU-1,TPU Empat,cemetery_public,36.71.10,,-6.12,106.63,no,operating"
SQUARE = [[[106.6, -6.2], [106.7, -6.2], [106.7, -6.1], [106.6, -6.1], [106.6, -6.2]]]


def table(folder: Path, *rows: str, header: str = HEADER) -> Path:
    """A facility table."""
    path = folder / "facilities.csv"
    path.write_text("\n".join([header, *rows, ""]))
    return path


def feature(code: str = "36.71.01.1001", geometry: Any = None, **properties: Any) -> dict[str, Any]:
    """One kelurahan."""
    known = {"code": code, "name": "Sukarasa", "kecamatan_code": "36.71.01", "kecamatan": "Tangerang"}
    shape = {"type": "Polygon", "coordinates": SQUARE} if geometry is None else geometry
    return {"type": "Feature", "properties": known | properties, "geometry": shape}


def collection(folder: Path, *features: Any) -> Path:
    """A layer of kelurahan."""
    path = folder / "areas.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path
