"""Road engines: other programs that know the streets, asked for driving times.

osrm.py      the `table` service of an OSRM server
engine.py    which one is configured (ROAD_ENGINE_URL), and what holds while it does not answer
"""

from .engine import RoadEngine, configured, unfit

__all__ = ["RoadEngine", "configured", "unfit"]
