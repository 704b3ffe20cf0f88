"""What the education service answers."""

from .agreements import *
from .cut_offs import *
from .death_notices import *
from .enrolments import *
from .families import *
from .joining import *
from .pupils import *
from .rosters import *
from .schools import *
from .tasks import *
from .transfers import *
