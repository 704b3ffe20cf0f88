"""What the UMKM service answers."""

from .attendance import *
from .bank_files import *
from .batches import *
from .businesses import *
from .capital_groups import *
from .capital_loans import *
from .capital_terms import *
from .certificates import *
from .curation import *
from .grant_applications import *
from .grant_rounds import *
from .kur import *
from .listings import *
from .owners import *
from .reports import *
from .seats import *
from .shop import *
from .told import *
