"""The ambulance service's language: what it publishes, what it answers, what it shows."""

from .configuration import *
from .events import *
from .pickup_values import *
from .problems import *
from .report_values import *
from .requests import *
from .sealed import *
from .values import *
from .views import *

SUBSCRIBES: tuple[str, ...] = ("hearse.vehicle-unavailable.v1",)
