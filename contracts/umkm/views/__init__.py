"""What the UMKM service shows."""

from .bank_files import *
from .batches import *
from .businesses import *
from .capital import *
from .certificates import *
from .grants import *
from .kur import *
from .market import *
from .seats import *
from .told import *
