"""Rosters: a list of 100,000 children from file to pupils, beside the least that it could cost; looking among 250,000.

`python -m bench.education`: interleaved rounds of the floor (bench/education_floor.py) and of ours, which reads,
checks, encrypts, matches, previews and applies with audit and outbox, each in a process of its own as the service
starts it.
Then the questions that people ask of a city's pupils, in the service's own code.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from pathlib import Path

from bench.education_files import write
from bench.education_office import Office, private_office
from bench.processes import process_and_memory

GOAL_RATIO, GOAL_MEGABYTES, GOAL_MS = 3.0, 300, 50.0


def main() -> None:
    """Run the rounds and print ratios, then the questions."""
    parser = argparse.ArgumentParser(prog="python -m bench.education", description=__doc__)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--pupils", type=int, default=250_000)
    parser.add_argument("--schools", type=int, default=600)
    options = parser.parse_args()
    with private_office() as office:
        file = office.folder / "roster.xlsx"
        write(file, options.rows, "SD CONTOH SATU")
        print(f"{options.rows} children, {file.stat().st_size / 1e6:.0f} MB", flush=True)
        _rounds(options, office, file)
        office.fill(options.pupils, options.schools)
        _questions(office, options)


def _rounds(options: argparse.Namespace, office: Office, file: Path) -> None:
    url = office.url.replace("+psycopg", "", 1)
    ratios = []
    for number in range(1, options.rounds + 1):
        floor, floor_memory = process_and_memory([sys.executable, "-m", "bench.education_floor", str(file), url])
        roster = office.upload(file)
        reading, reading_memory = process_and_memory(office.job("roster-parse"))
        office.choose(roster)
        applying, applying_memory = process_and_memory(office.job("roster-apply"))
        assert office.count("pupil") == options.rows, office.state(roster)
        ratios.append((reading + applying) / floor)
        undoing = office.undo(roster)
        assert office.count("pupil") == 0, "taken back"
        print(
            f"round {number}  floor {floor:.1f} s ({floor_memory} MB)  ours {reading:.1f} + {applying:.1f} s"
            f" ({reading_memory} and {applying_memory} MB)  {ratios[-1]:.2f} x the floor, taken back in"
            f" {undoing:.1f} s",
            flush=True,
        )
        office.empty()
    print(f"median {statistics.median(ratios):.2f} x the floor (goal: {GOAL_RATIO}, under {GOAL_MEGABYTES} MB)")


def _questions(office: Office, options: argparse.Namespace) -> None:
    print(f"{office.count('pupil')} pupils in {options.schools} schools")
    for name, ask in office.questions().items():
        spent = sorted(ask() for _ in range(200))
        late = spent[int(len(spent) * 0.95)]
        print(f"{name:28} median {statistics.median(spent):5.1f} ms, p95 {late:5.1f} ms (goal: {GOAL_MS:.0f} ms)")


if __name__ == "__main__":
    main()
