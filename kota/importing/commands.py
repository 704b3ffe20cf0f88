"""`kota import areas|facilities|hearse-fleet|schools FILE`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import httpx
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from contracts.ambulance.views import ImportView
from kota.importing.access import addresses, token_of
from kota.importing.areas import read_areas
from kota.importing.burial_unit import read_burial_unit
from kota.importing.facilities import read_facilities
from kota.importing.fleet import demo_fleet
from kota.importing.schools import read_schools
from kota.importing.sending import Api, send

app = typer.Typer(help="Import the city's master data through the public API.", no_args_is_help=True)
console = Console(highlight=False)

AREAS, FACILITIES, UNITS = (f"/v1/ambulance/imports/{name}" for name in ("areas", "facilities", "units"))
MOST_AREAS, MOST_ROWS = 50, 500
MANAGER, HEARSE_MANAGER = "manager", "hearse-manager"
EDUCATION_MANAGER, SCHOOLS = "education-manager", "/v1/education/imports/schools"
HEARSE_FLEET = "/v1/hearse/imports/fleet"

File = Annotated[Path, typer.Argument(help="The file to read.")]
Gateway = Annotated[str | None, typer.Option(help="The gateway's address; default: the running suite's.")]
Issuer = Annotated[str | None, typer.Option(help="The issuer's address; default: the running suite's.")]


@app.command()
def areas(file: File, gateway: Gateway = None, issuer: Issuer = None) -> None:
    """Kelurahan polygons from a GeoJSON FeatureCollection."""
    rows = read_areas(file)
    with _api(gateway, issuer) as api, _progress("areas", len(rows)) as advance:
        done = send(api, AREAS, "areas", rows, MOST_AREAS, advance)
    _show([("areas", done)])


@app.command()
def facilities(
    file: File,
    units_per_base: Annotated[
        int | None, typer.Option(min=0, max=20, help="Units at each ambulance base; default: 1, as in 2019.")
    ] = None,
    demo_units: Annotated[bool, typer.Option(help="Station the demo fleet (23 units in the city's file).")] = True,
    gateway: Gateway = None,
    issuer: Issuer = None,
) -> None:
    """Hospitals and puskesmas from a CSV table, and units at its ambulance bases."""
    read = read_facilities(file)
    units = demo_fleet(read.sites, units_per_base) if demo_units else []
    with _api(gateway, issuer) as api, _progress("facilities", len(read.rows) + len(units)) as advance:
        done = [("facilities", send(api, FACILITIES, "facilities", read.rows, MOST_ROWS, advance))]
        done.append(("units", send(api, UNITS, "units", units, MOST_ROWS, advance)))
    _show(done)
    for label, reason in read.set_aside:
        console.print(f"left out: {label}: {reason}", markup=False)


@app.command(name="hearse-fleet")
def hearse_fleet(file: File, gateway: Gateway = None, issuer: Issuer = None) -> None:
    """Hearses, officers with their shifts and burial places, from a workbook (.xlsx) or .json."""
    request = read_burial_unit(file)
    with _api(gateway, issuer, HEARSE_MANAGER) as api:
        done = api.post(HEARSE_FLEET, request.model_dump_json().encode())
    _show([("burial unit", done)])


@app.command()
def schools(file: File, gateway: Gateway = None, issuer: Issuer = None) -> None:
    """Schools from a CSV table: npsn, name, level, status (negeri or swasta), kecamatan_code, address, lat, lng."""
    rows = read_schools(file)
    with _api(gateway, issuer, EDUCATION_MANAGER) as api, _progress("schools", len(rows)) as advance:
        done = send(api, SCHOOLS, "schools", rows, MOST_ROWS, advance)
    _show([("schools", done)])


@contextmanager
def _api(gateway: str | None, issuer: str | None, user: str = MANAGER) -> Iterator[Api]:
    gateway_url, issuer_url = addresses(gateway, issuer)
    with httpx.Client(base_url=gateway_url, trust_env=False) as client:
        yield Api(client, token_of(issuer_url, user))


@contextmanager
def _progress(what: str, total: int) -> Iterator[Callable[[int], None]]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done: bar.advance(task, done)


def _show(done: list[tuple[str, ImportView]]) -> None:
    table = Table("", "new", "changed", "unchanged")
    for what, view in done:
        table.add_row(what, str(view.created), str(view.updated), str(view.unchanged))
    console.print(table)
