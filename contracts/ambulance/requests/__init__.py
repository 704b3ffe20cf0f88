"""What the ambulance service can be asked, by who asks: intake, dispatch, crews, the city's master data."""

from .crew import *  # noqa: F403
from .dispatch import *  # noqa: F403
from .intake import *  # noqa: F403
from .resources import *  # noqa: F403
