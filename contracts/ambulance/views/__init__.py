"""What the ambulance service shows: replies to `contracts.ambulance.requests`."""

from .alerts import *
from .body_transports import *
from .configuration import *
from .dispatch import *
from .hospitals import *
from .incidents import *
from .intake import *
from .positions import *
from .reports import *
from .resources import *
from .rides import *
from .speeds import *
