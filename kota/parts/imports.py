"""What a part imports, by the graph that the layering is checked with too (grimp)."""

from __future__ import annotations

import sys
from collections.abc import Iterable

import grimp

OURS = ("contracts", "chassis", "services", "gateway", "console", "kota")


def import_graph() -> grimp.ImportGraph:
    """Every import of this checkout, those inside functions included."""
    return grimp.build_graph(*OURS, include_external_packages=True)


def foreign_modules(graph: grimp.ImportGraph, roots: Iterable[str]) -> set[str]:
    """Top-level modules of other people that are imported from the roots (with all below them), however indirectly."""
    waiting = [each for each in graph.modules if any(each == root or each.startswith(root + ".") for root in roots)]
    seen: set[str] = set()
    while waiting:
        module = waiting.pop()
        if module in seen:
            continue
        seen.add(module)
        if not graph.is_module_squashed(module):
            # A module's packages are imported before it.
            above = [module.rpartition(".")[0]] if "." in module else []
            waiting += [*above, *graph.find_modules_directly_imported_by(module)]
    foreign = {each for each in seen if graph.is_module_squashed(each)}
    return foreign - set(sys.stdlib_module_names)
