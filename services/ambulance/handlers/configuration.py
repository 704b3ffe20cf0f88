"""The configuration: shown, and changed group by group."""

from __future__ import annotations

from chassis.work import Work
from contracts.ambulance.requests.configuration import (
    GetConfiguration,
    SetClocks,
    SetSiagaMode,
    SetStatusLimits,
    SetTargets,
)
from contracts.ambulance.views import ConfigurationView

from .. import store
from ..domain.configuration import GROUPS, Configuration
from . import siaga


def get_configuration(work: Work, query: GetConfiguration) -> ConfigurationView:
    """All groups."""
    return _view(store.configuration.get(work))


def set_targets(work: Work, request: SetTargets) -> ConfigurationView:
    """Response targets."""
    return _view(_change(work, "targets", request))


def set_clocks(work: Work, request: SetClocks) -> ConfigurationView:
    """What raises an alert, and when."""
    return _view(_change(work, "clocks", request))


def set_status_limits(work: Work, request: SetStatusLimits) -> ConfigurationView:
    """How long an assignment may stay in a status."""
    return _view(_change(work, "status_limits", request))


def set_siaga_mode(work: Work, request: SetSiagaMode) -> ConfigurationView:
    """Confirm or auto; red incidents that wait already are not forgotten."""
    after = _change(work, "siaga", request)
    if after.auto:
        siaga.consider_waiting(work)
    return _view(after)


def _change(work: Work, name: str, request: SetTargets | SetClocks | SetStatusLimits | SetSiagaMode) -> Configuration:
    before = store.configuration.get(work, lock=True)
    group = GROUPS[name].model_validate(request.model_dump(include=set(GROUPS[name].model_fields)))
    after = before.changed(name, group, request.version)
    if after is not before:
        store.configuration.save(work, after, name)
        store.configuration.CACHE.forget()
        work.audit(
            f"configuration {name}",
            version=after.versions[name],
            before=getattr(before, name).model_dump(mode="json"),
            after=group.model_dump(mode="json"),
        )
    return after


def _view(configuration: Configuration) -> ConfigurationView:
    return ConfigurationView(
        targets=configuration.targets,
        clocks=configuration.clocks,
        status_limits=configuration.status_limits,
        siaga=configuration.siaga,
        versions=configuration.versions,
    )
