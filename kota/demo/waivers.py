"""Demo rules, budgets and accounts of fee waivers; the figures are those known of 2024 to 2026."""

from __future__ import annotations

from typing import Any

from kota.demo.school import SCHOOL_YEAR, SCHOOLS

RESIDENCY = ["civil_registry", "family_card", "school_attestation"]
RULES: tuple[dict[str, Any], ...] = (
    {
        "programme": "bop",
        "school_year": SCHOOL_YEAR,
        "rules": {"residency": RESIDENCY, "partner_school": True, "grades": list(range(1, 10))},
        "note": "contoh: sekolah swasta gratis",
    },
    {
        "programme": "tangerang_cerdas",
        "school_year": SCHOOL_YEAR,
        "rules": {
            "residency": RESIDENCY,
            "partner_school": False,
            "grades": list(range(1, 10)),
            "highest_decile": 4,
            "letter_for_decile": True,
            "monthly": [
                {"level": level, "rupiah": 80_000 if level in ("SD", "MI") else 100_000}
                for level in ("SD", "MI", "SMP", "MTs")
            ],
        },
        "note": "contoh: Tangerang Cerdas",
    },
)
BUDGETS = tuple(
    {"programme": programme, "budget_year": year, "rupiah": rupiah, "note": "contoh DPA"}
    for programme, rupiah in (("bop", 1_000_000_000), ("tangerang_cerdas", 200_000_000))
    for year in (int(SCHOOL_YEAR[:4]), int(SCHOOL_YEAR[5:]))
)


def accounts() -> list[tuple[str, dict[str, str]]]:
    """Of the private schools."""
    return [
        (npsn, {"bank_code": "110", "account_number": f"00990{npsn}", "holder": name})
        for npsn, name, _, ownership, *_ in SCHOOLS
        if ownership == "private"
    ]
