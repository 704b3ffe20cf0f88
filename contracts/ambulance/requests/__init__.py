"""What the ambulance service can be asked, by who asks: intake, dispatch, crews, the city's master data."""

from .alerts import *
from .configuration import *
from .crew import *
from .dispatch import *
from .intake import *
from .resources import *
