"""Looking at and changing what the city has decided. Each group is replaced as a whole."""

from __future__ import annotations

from ...base import Query, Request
from ..configuration import Clocks, Papers, Planning
from ..ids import SeenVersion
from ..views import ConfigurationView


class GetConfiguration(Query, operation="hearse.get_configuration", scope="hearse:read", reply=ConfigurationView):
    """All groups with their versions."""


class SetPlanning(Request, Planning, operation="hearse.set_planning", scope="hearse:manage", reply=ConfigurationView):
    """How long the parts of a trip take, and what is kept back."""

    version: SeenVersion | None = None


class SetClocks(Request, Clocks, operation="hearse.set_clocks", scope="hearse:manage", reply=ConfigurationView):
    """How long something may take before somebody is told."""

    version: SeenVersion | None = None


class SetPapers(Request, Papers, operation="hearse.set_papers", scope="hearse:manage", reply=ConfigurationView):
    """Which papers each destination asks for."""

    version: SeenVersion | None = None
