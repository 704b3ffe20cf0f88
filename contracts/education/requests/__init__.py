"""What the education service answers."""

from .death_notices import *
from .pupils import *
from .rosters import *
from .schools import *
