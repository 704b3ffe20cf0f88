"""A process that cannot start with what it was given says so in one line, without values and without a stack trace."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pydantic import ValidationError
from pydantic_settings import SettingsError

from .privacy.keys import KeyConfigurationError


@contextmanager
def in_one_line(process: str) -> Iterator[None]:
    """Turn what settings and keys raise into the end of the process: exit code 1, one line that names what to set."""
    try:
        yield
    except ValidationError as error:
        wrong = "; ".join(_wrong(".".join(map(str, each["loc"])), each["msg"]) for each in error.errors())
        raise SystemExit(f"{process} does not start: {wrong}") from None
    except (KeyConfigurationError, SettingsError) as error:
        raise SystemExit(f"{process} does not start: {error}") from None


def _wrong(variable: str, message: str) -> str:
    return f"{variable}: {message}" if variable else message.removeprefix("Value error, ")
