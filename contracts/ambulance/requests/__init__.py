"""What the ambulance service can be asked, by who asks: intake, dispatch, crews, the city's master data."""

from .alerts import *
from .body_transports import *
from .configuration import *
from .crew import *
from .deaths import *
from .dispatch import *
from .hand_overs import *
from .hospitals import *
from .intake import *
from .milestones import *
from .patients import *
from .reports import *
from .resources import *
from .rides import *
from .speeds import *
