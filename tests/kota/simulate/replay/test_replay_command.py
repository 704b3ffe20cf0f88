"""The command line on a part of the fixed trace, and on calls with coordinates."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path
from random import Random

import pytest
from typer.testing import CliRunner

from bench.dispatch_trace import FOLDER
from kota.errors import OperatorError
from kota.simulate.commands import app
from kota.simulate.replay.recorded import COLUMNS

RUNNER = CliRunner()


@pytest.fixture(scope="module")
def trace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three days of one seed."""
    path = tmp_path_factory.mktemp("trace") / "calls.csv"
    with gzip.open(FOLDER / "tangerang19_calls.csv.gz", "rt") as lines, path.open("w") as part:
        rows = csv.DictReader(lines)
        writer = csv.DictWriter(part, rows.fieldnames or ())
        writer.writeheader()
        writer.writerows(row for row in rows if row["seed"] == "2000" and float(row["t_min"]) < 3 * 1440)
    return path


def ask(*options: object) -> dict:
    done = RUNNER.invoke(app, ["replay", "--report", "json", *map(str, options)])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def traced(trace: Path) -> tuple[object, ...]:
    return "--trace", trace, "--city", FOLDER / "tangerang19_city.npz"


def test_policies_are_compared_by_the_days_of_a_single_trace(trace: Path):
    said = ask(*traced(trace), "--policy", "closest", "--policy", "REC2")
    assert said["closest"]["calls"] == said["REC2"]["calls"] > 300
    assert said["closest"]["differences"] == {}
    assert said["REC2"]["late"] < said["closest"]["late"]
    assert said["REC2"]["differences"]["mean"]["half_width"] > 0


def test_another_fleet_is_another_row_and_a_bigger_one_is_faster(trace: Path, tmp_path: Path):
    units = tmp_path / "units.csv"
    everywhere = [f"{x},{y}" for x in range(-10, 11, 2) for y in range(-6, 9, 2)]
    units.write_text("\n".join(["x_km,y_km", *everywhere]) + "\n")
    said = ask(*traced(trace), "--policy", "closest", "--units", units)
    assert said["closest, planned"]["mean"] < said["closest"]["mean"]
    bases = tmp_path / "bases.csv"
    bases.write_text("x_km,y_km\n0,0\n")
    assert "REC2, planned" in ask(*traced(trace), "--policy", "REC2", "--bases", bases)


@pytest.mark.parametrize(("name", "starts"), [("a.png", b"\x89PNG"), ("a.svg", b"<?xml")])
def test_the_picture_is_of_the_kind_that_its_name_says(trace: Path, tmp_path: Path, name: str, starts: bytes):
    ask(*traced(trace), "--policy", "closest", "--picture", tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(starts)


def test_a_picture_of_another_kind_is_refused_at_once(tmp_path: Path):
    with pytest.raises(OperatorError, match=r"a\.jpg"):
        ask("--picture", tmp_path / "a.jpg")


def test_an_unknown_policy_and_a_file_that_is_no_trace_are_refused(trace: Path, tmp_path: Path):
    with pytest.raises(OperatorError, match="No policy J17"):
        ask(*traced(trace), "--policy", "J17")
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n")
    with pytest.raises(OperatorError, match="no column seed"):
        ask(*traced(other))


def test_calls_with_coordinates_need_a_fleet_and_are_replayed_with_one(tmp_path: Path):
    chance, calls = Random(3), tmp_path / "calls.csv"
    rows = [
        f"2026-11-{day:02}T{hour:02}:{chance.randrange(60):02}:00+07:00,{chance.uniform(106.56, 106.74):.4f},"
        f"{chance.uniform(-6.25, -6.1):.4f},15,1,20"
        for day in range(1, 8)
        for hour in range(24)
    ]
    calls.write_text("\n".join([",".join(COLUMNS), *rows]) + "\n")
    with pytest.raises(OperatorError, match="nothing of the fleet"):
        ask("--trace", calls)
    units, hospitals = tmp_path / "units.csv", tmp_path / "hospitals.csv"
    units.write_text("longitude,latitude\n106.60,-6.18\n106.70,-6.18\n106.65,-6.13\n")
    hospitals.write_text("longitude,latitude\n106.64,-6.18\n")
    said = ask("--trace", calls, "--units", units, "--hospitals", hospitals)
    assert said["closest"]["calls"] == len(rows)
    assert said["REC2"]["mean"] < said["closest"]["mean"]
