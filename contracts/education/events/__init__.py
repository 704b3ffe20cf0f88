"""Facts that the education service publishes: no names or numbers of children or parents."""

from .money import *
from .pupils import *
from .rosters import *
from .schools import *
from .tasks import *
from .waivers import *
