"""What the education service shows."""

from .agreements import *
from .applications import *
from .budgets import *
from .claims import *
from .complaints import *
from .cut_offs import *
from .death_notices import *
from .disbursements import *
from .enrolments import *
from .evaluations import *
from .evidence import *
from .families import *
from .family_waivers import *
from .pupils import *
from .reports import *
from .rosters import *
from .rules import *
from .schools import *
from .tasks import *
from .transfers import *
from .waivers import *
