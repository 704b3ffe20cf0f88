"""The hearse service's language: what it publishes, what it answers, what it shows."""

from .configuration import *
from .events import *
from .problems import *
from .requests import *
from .values import *
from .views import *

SUBSCRIBES: tuple[str, ...] = (
    "ambulance.patient-deceased.v1",
    "ambulance.patient-deceased-retracted.v1",
    "ambulance.body-transport-settled.v1",
    "ambulance.facility-status-changed.v1",
)
