"""What the suite is tried with, oldest and newest: anything else is refused in one line, before it fails in many."""

from __future__ import annotations

import sys

PYTHON = ("3.11", "3.13")
RABBITMQ = ("3.10", "4.0")


def refusal(product: str, version: str, supported: tuple[str, str]) -> str:
    """Why a version can't be used, in one line; empty if it can. Only its first two numbers count."""
    oldest, newest = map(_numbers, supported)
    if oldest <= _numbers(version) <= newest:
        return ""
    return f"{product} {version} is not supported: use {supported[0]} to {supported[1]}"


def python_refusal() -> str:
    """Why this Python can't be used; empty if it can."""
    return refusal("Python", ".".join(map(str, sys.version_info[:3])), PYTHON)


def rabbitmq_refusal(version: str) -> str:
    """Why this RabbitMQ can't be used; empty if it can."""
    return refusal("RabbitMQ", version, RABBITMQ)


def _numbers(version: str) -> tuple[int, ...]:
    first = version.split("-", maxsplit=1)[0].split("+", maxsplit=1)[0].split(".")[:2]
    return tuple(int(number) if number.isdigit() else -1 for number in first)
