"""The configuration: shown, and changed group by group."""

from __future__ import annotations

from chassis.work import Work
from contracts.hearse.requests.configuration import GetConfiguration, SetClocks, SetPapers, SetPlanning
from contracts.hearse.views import ConfigurationView

from .. import store
from ..domain.configuration import GROUPS, Configuration


def get_configuration(work: Work, query: GetConfiguration) -> ConfigurationView:
    """All groups."""
    return _view(store.configuration.get(work))


def set_planning(work: Work, request: SetPlanning) -> ConfigurationView:
    """How long trips take, and what is kept back."""
    return _view(_change(work, "planning", request))


def set_clocks(work: Work, request: SetClocks) -> ConfigurationView:
    """What raises an alert, and when."""
    return _view(_change(work, "clocks", request))


def set_papers(work: Work, request: SetPapers) -> ConfigurationView:
    """Which papers are asked for."""
    return _view(_change(work, "papers", request))


def _change(work: Work, name: str, request: SetPlanning | SetClocks | SetPapers) -> Configuration:
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
        planning=configuration.planning,
        clocks=configuration.clocks,
        papers=configuration.papers,
        versions=configuration.versions,
    )
