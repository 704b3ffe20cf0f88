"""What the UMKM service answers."""

from .attendance import *
from .batches import *
from .businesses import *
from .certificates import *
from .owners import *
from .seats import *
from .told import *
