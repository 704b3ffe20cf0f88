"""The education service's language: what it publishes, what it answers, what it shows."""

from .events import *
from .problems import *
from .requests import *
from .values import *
from .views import *
from .waiver_problems import *
from .waiver_values import *

SUBSCRIBES: tuple[str, ...] = ("hearse.death-recorded.v1", "hearse.death-corrected.v1")
