"""Benchmarks: the suite's command path, relay and handlers beside peers and raw baselines."""
