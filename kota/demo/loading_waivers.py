"""Loading the demo's rules, budgets and accounts through the public API, once, after its schools."""

from __future__ import annotations

from collections.abc import Callable

import httpx

from kota.demo.waivers import BUDGETS, RULES, accounts

EDUCATION = "/v1/education"


def load_waivers(http: httpx.Client, headers: Callable[[str], dict[str, str]]) -> bool:
    """True if they were loaded, False if there were rules already. `headers` gives those of a user."""
    manager = headers("education-manager")
    if http.get(f"{EDUCATION}/rules", headers=manager).raise_for_status().json()["items"]:
        return False
    for rules in RULES:
        http.post(f"{EDUCATION}/rules", json=rules, headers=manager).raise_for_status()
    for budget in BUDGETS:
        http.post(f"{EDUCATION}/budgets", json=budget, headers=manager).raise_for_status()
    treasurer = headers("education-treasurer")
    for npsn, account in accounts():
        path = f"{EDUCATION}/schools/{npsn}/account"
        http.post(path, json={"account": account}, headers=treasurer).raise_for_status()
    return True
