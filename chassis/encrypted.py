"""Personal data on its way into and out of a row: encrypted, bound to table, column and row id."""

from __future__ import annotations

from uuid import UUID

from .work import Work


def encrypt(work: Work, text: str | None, field: str, row: UUID) -> str | None:
    """The ciphertext of `field` (`table.column`) of a row; None stays None."""
    return None if text is None else work.cipher.encrypt(text, field=field, row=row)


def decrypt(work: Work, ciphertext: str | None, field: str, row: UUID) -> str | None:
    """The text again. Raises FieldUnreadable."""
    return None if ciphertext is None else work.cipher.decrypt(ciphertext, field=field, row=row)
