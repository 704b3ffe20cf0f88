"""Which installed distributions a set of modules needs, with all that those need in turn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import metadata

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from chassis.supported import PYTHON


class NotInstalled(Exception):
    """A module that no distribution of the environment provides."""


def distributions(modules: Iterable[str], wanted: Mapping[str, Requirement]) -> set[str]:
    """Canonical names. `wanted` are the lines of requirements.in by name: they say which extras, and where several
    distributions share a module (a namespace), which of them are meant."""
    waiting: list[tuple[str, frozenset[str]]] = []
    for module in sorted(modules):
        providers = {canonicalize_name(name) for name in _providers().get(module, ())}
        if not providers:
            raise NotInstalled(f"{module} is imported, but no installed distribution provides it")
        for name in (providers & set(wanted)) or providers:
            waiting.append((name, frozenset(wanted[name].extras) if name in wanted else frozenset()))
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting += _needed_by(*one)
    return {name for name, _ in seen}


@cache
def _providers() -> Mapping[str, list[str]]:
    return metadata.packages_distributions()


@cache
def _needed_by(name: str, extras: frozenset[str]) -> list[tuple[str, frozenset[str]]]:
    try:
        lines = metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return []  # for another version of Python or another system: the lock's own markers sort that out
    return [
        (canonicalize_name(requirement.name), frozenset(requirement.extras))
        for requirement in map(Requirement, lines)
        if _applies(requirement, extras)
    ]


def _applies(requirement: Requirement, extras: frozenset[str]) -> bool:
    """On Linux, for any Python that we support."""
    if requirement.marker is None:
        return True
    places = (
        {"python_version": version, "sys_platform": "linux", "extra": extra}
        for version in PYTHON
        for extra in ("", *extras)
    )
    return any(requirement.marker.evaluate(place) for place in places)
