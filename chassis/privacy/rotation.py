"""Re-encrypting a column with the current key, in batches, while the service goes on working."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from .cipher import FieldCipher, FieldUnreadable, RowId

R = TypeVar("R", bound=RowId)


@dataclass(frozen=True)
class Replacement(Generic[R]):
    """Put `new` where `old` still stands; a row that was written meanwhile keeps what it has."""

    row: R
    old: str
    new: str


@dataclass(frozen=True)
class Rotation(Generic[R]):
    """What one run did. `unreadable` rows were left alone: an old key is missing, or somebody altered them."""

    seen: int
    replaced: int
    unreadable: tuple[R, ...]


def rotate(
    cipher: FieldCipher,
    field: str,
    select: Callable[[R | None, int], Sequence[tuple[R, str]]],
    update: Callable[[Sequence[Replacement[R]]], int],
    *,
    batch: int = 500,
) -> Rotation[R]:
    """Re-encrypt every row of `field` (`table.column`) that was not made with the current key.

    `select(after, limit)` gives (row id, ciphertext) in the order of ids, beginning behind `after`;
    `update(replacements)` changes rows `WHERE id = row AND column = old` in one transaction and gives their number.
    Run again after a break: what is done is skipped.
    """
    seen = replaced = 0
    unreadable: list[R] = []
    after: R | None = None
    while rows := select(after, batch):
        if after is not None and rows[0][0] == after:
            raise ValueError("select(after, limit) must begin behind `after`, or the rotation never ends")
        changes, broken = _reseal(cipher, field, rows)
        replaced += update(changes) if changes else 0
        unreadable += broken
        seen, after = seen + len(rows), rows[-1][0]
    return Rotation(seen, replaced, tuple(unreadable))


def _reseal(cipher: FieldCipher, field: str, rows: Sequence[tuple[R, str]]) -> tuple[list[Replacement[R]], list[R]]:
    changes: list[Replacement[R]] = []
    broken: list[R] = []
    for row, old in rows:
        if not cipher.needs_rotation(old):
            continue
        try:
            text = cipher.decrypt(old, field=field, row=row)
        except FieldUnreadable:
            broken.append(row)  # reported to the caller: one damaged row must not stop the others
            continue
        changes.append(Replacement(row, old, cipher.encrypt(text, field=field, row=row)))
    return changes, broken
