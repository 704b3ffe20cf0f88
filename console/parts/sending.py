"""Taking a form in, and sending what it says: one way for all desks."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from starlette.datastructures import FormData

from ..api import ApiProblem, Unreachable
from ..visit import Visit, form_of, key_of
from .forms import Form, typed

ABOUT_THE_PERSON = (401, 403)
"""What is refused because of who asks is no fault of the form: it has a page of its own."""


async def receive(visit: Visit) -> tuple[Form, FormData]:
    """What was typed, with its key; and the form itself, for files and fields that come more than once."""
    sent = await form_of(visit)
    return Form(typed(sent), key_of(sent)), sent


async def tried(form: Form, asked: Awaitable[Any]) -> Any:
    """The API's reply; None if it refused or did not answer, and then the form says which."""
    try:
        return await asked
    except ApiProblem as problem:
        if problem.status in ABOUT_THE_PERSON:
            raise
        form.problem = problem
    except Unreachable:
        form.unsent = True
    return None
