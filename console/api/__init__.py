"""The gateway's public API, called with the user's own token: what a role may not do there, nobody can do here."""

from .client import Api, Gateway
from .problems import ApiProblem, Unreachable

__all__ = ["Api", "ApiProblem", "Gateway", "Unreachable"]
