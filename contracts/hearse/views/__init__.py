"""What the hearse service shows."""

from .alerts import *
from .blocks import *
from .booking import *
from .configuration import *
from .fleet import *
from .planning import *
