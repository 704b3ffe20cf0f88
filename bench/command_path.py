"""The command path "create incident": ours beside the peers, in interleaved rounds, in one run and one table.

Only one contestant runs at a time. After each turn the rows in the database are compared with the answers: a
contestant that answered more than it committed ends the run.
"""

from __future__ import annotations

import argparse
import statistics
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from rich.console import Console
from rich.table import Table

from bench import ours
from bench.contestant import Contestant, peer, turn
from bench.load import Result
from bench.peers.schema import engine_for
from bench.servers import Servers, servers

PEERS: Mapping[str, tuple[str, str, Mapping[str, str]]] = {
    "a": ("(a) nameko examples' way", "nameko_way", {}),
    "b": ("(b) FastAPI + FastStream RPC", "faststream_way", {}),
    "b-request": ("(b) with broker.request", "faststream_way", {"FASTSTREAM_RPC": "request"}),
    "c": ("(c) floor, 2 processes", "floor", {}),
    "c-plain": ("(c) floor, no pipeline mode", "floor", {"FLOOR_WRITE": "plain"}),
    "c-one": ("(c) floor, 1 process", "floor", {"FLOOR_WORKERS": "1"}),
}
FLOORS = ("c", "c-plain", "c-one")
OURS = "ours"

Results = dict[str, list[Result]]


def main() -> None:
    """Run the rounds and print each turn, then the table."""
    options = _options()
    console = Console()
    with servers(ours.needed(options.only)) as private:
        contestants = _contestants(options.only, private)
        results: Results = defaultdict(list)
        for round_number in range(1, options.rounds + 1):
            # Another order in each round, so that none always follows the same one.
            for key in _rotated(list(contestants), round_number):
                result = turn(contestants[key], options.clients, options.warm_up, options.seconds)
                console.print(f"round {round_number}  {contestants[key].name:30} {result}", highlight=False)
                results[key].append(result)
        console.print(table({key: contestants[key].name for key in contestants}, results))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.command_path", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--warm-up", type=float, default=2.0, help="seconds that are not measured")
    parser.add_argument("--seconds", type=float, default=8.0, help="seconds that are measured")
    names = [*PEERS, *([OURS] if ours.available() else [])]
    parser.add_argument("--only", nargs="+", choices=names, default=names, help="the contestants")
    return parser.parse_args()


def _contestants(keys: Sequence[str], private: Servers) -> dict[str, Contestant]:
    engine = engine_for(private.database_url)
    addresses = {"DATABASE_URL": private.database_url, "AMQP_URI": private.amqp_uri}
    made: dict[str, Contestant] = {}
    for key in keys:
        if key == OURS:
            made[key] = ours.contestant(private)
        else:
            name, module, env = PEERS[key]
            made[key] = peer(name, module, addresses | dict(env), engine)
    return made


def _rotated(keys: list[str], places: int) -> list[str]:
    places %= len(keys)
    return keys[places:] + keys[:places]


def table(names: Mapping[str, str], results: Results) -> Table:
    """Medians over the rounds, and each one's throughput as a multiple of (a) and of the faster floor."""
    rates = {key: _median(results[key], lambda result: result.rate) for key in results}
    floor = max((rates[key] for key in FLOORS if key in rates), default=None)
    out = Table(title="create incident: medians of the rounds")
    for column in ("", "req/s", "p50 ms", "p90 ms", "p99 ms", "errors", "of (a)", "of floor"):
        out.add_column(column, justify="left" if not column else "right")
    for key in sorted(results, key=lambda key: rates[key]):
        rows = results[key]
        latencies = [f"{_median(rows, partial(Result.percentile, percent=p)):.1f}" for p in (50, 90, 99)]
        errors = str(sum(row.errors.total() for row in rows))
        out.add_row(names[key], f"{rates[key]:.0f}", *latencies, errors,
                    _ratio(rates[key], rates.get("a")), _ratio(rates[key], floor))  # fmt: skip
    return out


def _median(results: Sequence[Result], figure: Callable[[Result], float]) -> float:
    return statistics.median(figure(result) for result in results)


def _ratio(rate: float, base: float | None) -> str:
    return f"{rate / base:.2f}" if base else "-"


if __name__ == "__main__":
    main()
