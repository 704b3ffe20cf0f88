"""What the UMKM service shows."""

from .batches import *
from .businesses import *
from .certificates import *
from .market import *
from .seats import *
from .told import *
