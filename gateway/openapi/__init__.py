"""The OpenAPI 3.1 description, generated from the table of routes. `python -m gateway.openapi [--check]`."""

from .build import document

__all__ = ["document"]
