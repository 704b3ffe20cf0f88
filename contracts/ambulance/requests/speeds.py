"""How fast units drive, learned from their own trips."""

from __future__ import annotations

from ...base import Query, Request
from ..views import TravelSpeedsView


class GetTravelSpeeds(Query, operation="ambulance.get_travel_speeds", scope="ambulance:read", reply=TravelSpeedsView):
    """The speeds that are reckoned with, by hour and direction, and where each comes from."""


class LearnTravelSpeeds(
    Request, operation="ambulance.learn_travel_speeds", scope="ambulance:manage", reply=TravelSpeedsView
):
    """Learn from the finished trips of the last 90 days now; it is done each night by itself."""
