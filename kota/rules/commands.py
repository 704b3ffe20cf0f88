"""`kota rules try FILE` and `kota rules replay`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from kota.errors import OperatorError
from kota.importing.access import addresses
from kota.simulate.education_api import EducationApi

app = typer.Typer(help="Rules of who gets a fee waiver.", no_args_is_help=True)
console = Console(highlight=False)
OFFICER = "education-officer"

Programme = Annotated[str, typer.Option(help="bop or tangerang_cerdas.")]
SchoolYear = Annotated[str, typer.Option(help="Such as 2026/2027.")]
Gateway = Annotated[str | None, typer.Option(help="The gateway's address; default: the running suite's.")]
Issuer = Annotated[str | None, typer.Option(help="The issuer's address; default: the running suite's.")]


@app.command(name="try")
def try_rules(
    file: Annotated[Path, typer.Argument(help="JSON of the rules, in the form of the API's `rules`.")],
    programme: Programme,
    school_year: SchoolYear,
    term: Annotated[int, typer.Option(min=1, max=2, help="1: July to December, 2: January to June.")] = 1,
    gateway: Gateway = None,
    issuer: Issuer = None,
) -> None:
    """What would these rules do to the pupils of now, beside those that hold: counts, money, who changes."""
    api = EducationApi(*addresses(gateway, issuer))
    told = {"programme": programme, "school_year": school_year, "term": term, "rules": _read(file)}
    with _spinner("looking at all pupils"):
        started = api.ask(OFFICER, "POST", "evaluations", json=told)
        found = api.until(OFFICER, f"evaluations/{started['id']}", "done", "failed")
    _show(found)
    console.print(f"pupil by pupil: GET /v1/education/evaluations/{found['id']}/pupils?change=gains")


@app.command()
def replay(
    programme: Annotated[str | None, typer.Option(help="Only this one.")] = None,
    school_year: Annotated[str | None, typer.Option(help="Only this one.")] = None,
    gateway: Gateway = None,
    issuer: Issuer = None,
) -> None:
    """Judge all past decisions again by the rules and inputs of their time (exit code 1 if one differs)."""
    api = EducationApi(*addresses(gateway, issuer))
    asked = {"programme": programme, "school_year": school_year}
    query = {name: value for name, value in asked.items() if value} | {"limit": "200"}
    judged, differ = 0, list[str]()
    with _spinner("judging again") as progress:
        while True:
            page = api.ask(OFFICER, "GET", "decision-replays", params=query)
            judged, differ = judged + page["judged"], differ + [one["decision_id"] for one in page["items"]]
            progress.update(progress.task_ids[0], description=f"{judged} decisions judged again")
            if page["next"] is None:
                break
            query["cursor"] = page["next"]
    console.print(f"{judged} decisions judged again: {len(differ)} differ")
    for id in differ:
        console.print(id)
    raise typer.Exit(1 if differ else 0)


def _read(file: Path) -> Any:
    try:
        return json.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise OperatorError(
            f"{file} is no JSON that can be read ({error}).", "Send the rules as a JSON object."
        ) from None


def _spinner(what: str) -> Progress:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    progress = Progress(*columns, console=Console(stderr=True), transient=True)
    progress.add_task(what, total=None)
    return progress


def _show(found: dict[str, Any]) -> None:
    table = Table(title=f"{found['programme']} {found['school_year']} term {found['term']}: {found['pupils']} pupils")
    table.add_column("")
    table.add_column("pupils", justify="right")
    for group in ("counts", "changes", "reasons"):
        for name, count in sorted(found[group].items()):
            table.add_row(f"{group}: {name}", str(count))
    console.print(table)
    then, now = (f"Rp{found[name]:,}".replace(",", ".") for name in ("rupiah", "rupiah_now"))
    console.print(f"the term costs {then} by these rules, {now} by those that hold")
