"""The ambulance service's language: what it publishes, what it answers, what it shows."""

from .events import *  # noqa: F403  - one namespace for readers: contracts.ambulance.IncidentOpened
from .problems import *  # noqa: F403
from .requests import *  # noqa: F403
from .values import *  # noqa: F403
from .views import *  # noqa: F403

SUBSCRIBES: tuple[str, ...] = ()
