"""What the education service shows."""

from .death_notices import *
from .pupils import *
from .rosters import *
from .schools import *
