"""Facts that the UMKM service publishes: no names or numbers of owners, only keys, ids and codes."""

from .businesses import *
from .capital import *
from .grants import *
from .market import *
from .training import *
