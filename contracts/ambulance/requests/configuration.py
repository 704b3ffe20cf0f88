"""Looking at and changing what the city has decided. Each group is replaced as a whole, so nothing is left to guess."""

from __future__ import annotations

from pydantic import Field, StrictInt

from ...base import Model, Query, Request
from ..configuration import Clocks, Siaga, StatusLimits, Targets
from ..views import ConfigurationView


class _Change(Model):
    version: StrictInt | None = Field(
        default=None, ge=1, description="The version that you saw: if it has changed since, the change is refused."
    )


class GetConfiguration(Query, operation="ambulance.get_configuration", scope="ambulance:read", reply=ConfigurationView):
    """All groups with their versions."""


class SetTargets(
    Request, Targets, _Change, operation="ambulance.set_targets", scope="ambulance:manage", reply=ConfigurationView
):
    """Response targets by colour."""


class SetClocks(
    Request, Clocks, _Change, operation="ambulance.set_clocks", scope="ambulance:manage", reply=ConfigurationView
):
    """How long something may take before an alert is raised."""


class SetStatusLimits(
    Request,
    StatusLimits,
    _Change,
    operation="ambulance.set_status_limits",
    scope="ambulance:manage",
    reply=ConfigurationView,
):
    """How long an assignment may stay in a status."""


class SetSiagaMode(
    Request, Siaga, _Change, operation="ambulance.set_siaga_mode", scope="ambulance:manage", reply=ConfigurationView
):
    """Confirm or auto. In auto, red incidents that wait with a place get a unit at once, also those already open."""
