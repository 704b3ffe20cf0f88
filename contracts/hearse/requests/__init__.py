"""What the hearse service can be asked, by who asks: families, officers, crews, the city's master data."""

from .alerts import *
from .blocks import *
from .booking import *
from .configuration import *
from .day import *
from .deciding import *
from .documents import *
from .fleet import *
from .planning import *
from .supervision import *
from .trips import *
