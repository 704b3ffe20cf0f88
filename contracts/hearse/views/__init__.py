"""What the hearse service shows."""

from .booking import *
from .fleet import *
from .planning import *
