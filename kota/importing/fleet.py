"""The demo fleet: which units stand where. A city brings its own list; this one follows what was reported in 2019."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from contracts.ambulance.requests.resources import UnitRow
from contracts.geography import Point
from kota.importing.facilities import BASE, Site


def plan() -> dict[str, Any]:
    """The fleet as data."""
    loaded: dict[str, Any] = json.loads(files("kota.importing").joinpath("fleet_2019.json").read_text("utf-8"))
    return loaded


def demo_fleet(sites: tuple[Site, ...], units_per_base: int | None = None) -> list[UnitRow]:
    """Units at the bases, one in each kecamatan, and those of the health office.

    `units_per_base` replaces the plan's number of units at each ambulance base.
    """
    fleet = plan()
    each = fleet[BASE]["each"] if units_per_base is None else units_per_base
    rows = [*_at_bases(fleet[BASE], sites, each), *_in_kecamatan(fleet["kecamatan"], sites)]
    return [*rows, *_at_health_office(fleet["health_office"])]


def _at_bases(rule: dict[str, Any], sites: tuple[Site, ...], each: int) -> Iterator[UnitRow]:
    for site in (site for site in sites if site.type == BASE):
        for number in range(1, each + 1):
            name = rule["id"].format(site=site.id.upper())
            yield UnitRow(id=name if number == 1 else f"{name}-{number}", type=rule["type"], base=site.location)


def _in_kecamatan(rule: dict[str, Any], sites: tuple[Site, ...]) -> Iterator[UnitRow]:
    for code in sorted({site.kecamatan_code for site in sites}):
        here = [site for kind in rule["at"] for site in sites if (site.type, site.kecamatan_code) == (kind, code)]
        if here:
            yield UnitRow(
                id=rule["id"].format(kecamatan=code.rpartition(".")[2]), type=rule["type"], base=here[0].location
            )


def _at_health_office(rule: dict[str, Any]) -> Iterator[UnitRow]:
    base = Point(coordinates=(rule["point"][0], rule["point"][1]))
    for number in range(1, rule["each"] + 1):
        yield UnitRow(id=rule["id"].format(number=number), type=rule["type"], base=base)
