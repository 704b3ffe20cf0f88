"""Demo businesses with products, trainings and a bazaar, made up. NIK serials of 9000 and above are nobody's."""

from __future__ import annotations

import io
from datetime import datetime, time, timedelta
from typing import Any

from contracts.times import WIB

BUSINESSES = (
    ("Keripik Contoh Jaya", "food", "36.71.01.1001", 180_000_000),
    ("Anyaman Contoh Lestari", "craft", "36.71.05.1001", 95_000_000),
    ("Batik Contoh Tangerang", "fashion", "36.71.07.1001", 420_000_000),
    ("Dapur Contoh Bu Rina", "food", "36.71.11.1001", 60_000_000),
    ("Sepatu Contoh Cibodas", "fashion", "36.71.09.1001", 2_600_000_000),
    ("Kopi Contoh Selapajang", "drink", "36.71.10.1003", 75_000_000),
)
"""Name, trade, kelurahan, turnover of last year."""
PRODUCTS = (
    (0, "Keripik pisang kepok manis", "packaged_food", 15_000, "250 g", "gold"),
    (0, "Kerupuk udang goreng", "packaged_food", 18_000, "300 g", "salmon"),
    (1, "Tas anyaman pandan", "craft", 85_000, "buah", "olivedrab"),
    (2, "Kemeja batik tulis motif angkot", "fashion", 350_000, "helai", "steelblue"),
    (3, "Nasi bakar ayam kemangi", "ready_food", 20_000, "bungkus", "seagreen"),
    (4, "Sepatu kulit pria", "fashion", 275_000, "pasang", "sienna"),
)
"""Business, title, category, rupiah, unit, colour of its picture."""
PERMIT = {"kind": "pirt", "number": "2063671010001-30", "valid_until": "2029-06-30"}
RELYING = "packaged_food"


def business(place: int, year: int) -> dict[str, Any]:
    """A registration; `year` is the last that is over."""
    name, trade, kelurahan, turnover = BUSINESSES[place]
    owner = {
        "nik": f"3671{place + 1:02d}{41 + place:02d}0585{9101 + place}",
        "name": f"Pemilik Contoh {place + 1}",
        "phone": f"+62812000{place:05d}",
        "kelurahan_code": kelurahan,
        "disability": place == 3,
    }
    return {
        "owner": owner,
        "name": name,
        "trade": trade,
        "kelurahan_code": kelurahan,
        "address": f"Jl. Contoh {place + 1}",
        "founded_on": f"{year - 4}-03-02",
        "size": {"basis": "turnover", "rupiah": turnover, "year": year},
        "nib": f"9120{place:09d}",
    }


def product(place: int, business_id: str, permit_ids: list[str]) -> dict[str, Any]:
    """A draft."""
    _, title, category, rupiah, unit, _ = PRODUCTS[place]
    return {
        "business_id": business_id,
        "title": title,
        "description": f"{title}, dibuat di Kota Tangerang. Produk contoh: tidak dijual.",
        "category": category,
        "price_rupiah": rupiah,
        "unit": unit,
        "permit_ids": permit_ids if category == RELYING else [],
    }


def picture(place: int) -> bytes:
    """A drawing that stands for a photo."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (1000, 800), "whitesmoke")
    draw = ImageDraw.Draw(image)
    draw.ellipse((200, 100, 800, 700), fill=PRODUCTS[place][5])
    draw.text((500, 400), PRODUCTS[place][1], fill="white", anchor="mm", font_size=36)
    target = io.BytesIO()
    image.save(target, "JPEG", quality=85)
    return target.getvalue()


def batches(now: datetime) -> list[dict[str, Any]]:
    """A training that is open and small, one that is announced, and a bazaar."""
    return [
        _batch("Pengemasan dan label pangan", now, now, 14, sessions=2, quota=3, priority_hours=0),
        _batch("Foto produk dengan telepon", now, now + timedelta(days=7), 30, sessions=3, quota=20),
        _batch("Bazar UMKM Cisadane", now, now, 21, sessions=2, quota=4, kind="bazaar", priority_hours=0),
    ]


def _batch(title: str, now: datetime, opens_at: datetime, days: int, *, sessions: int, **more: Any) -> dict[str, Any]:
    first = datetime.combine(now.astimezone(WIB).date() + timedelta(days=days), time(9), WIB)
    begins = [first + timedelta(days=day) for day in range(sessions)]
    return {
        "title": title,
        "description": "Contoh.",
        "venue": "Gedung Contoh, Cikokol",
        "kelurahan_code": "36.71.01.1001",
        "opens_at": opens_at.isoformat(),
        "sessions": [
            {"begins_at": one.isoformat(), "ends_at": (one + timedelta(hours=3)).isoformat()} for one in begins
        ],
        **more,
    }
