"""Facts that the ambulance service publishes: no names, numbers or addresses of persons, only keys and codes."""

from .deaths import *
from .incidents import *
from .pickups import *
from .trips import *
from .watching import *
