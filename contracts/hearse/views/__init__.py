"""What the hearse service shows."""

from .alerts import *
from .blocks import *
from .booking import *
from .configuration import *
from .day import *
from .fleet import *
from .planning import *
from .supervision import *
