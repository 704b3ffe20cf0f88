"""What the education service answers."""

from .death_notices import *
from .enrolments import *
from .pupils import *
from .rosters import *
from .schools import *
from .tasks import *
from .transfers import *
