"""What the education service shows."""

from .agreements import *
from .cut_offs import *
from .death_notices import *
from .enrolments import *
from .families import *
from .pupils import *
from .rosters import *
from .schools import *
from .tasks import *
from .transfers import *
