"""The UMKM service's language (micro, small and medium enterprises): what it publishes, answers and shows."""

from .capital_problems import *
from .capital_values import *
from .events import *
from .grant_problems import *
from .grant_values import *
from .problems import *
from .requests import *
from .values import *
from .views import *

SUBSCRIBES: tuple[str, ...] = (
    "education.waiver-granted.v1",
    "education.waiver-ended.v1",
    "hearse.death-recorded.v1",
    "hearse.death-corrected.v1",
)
