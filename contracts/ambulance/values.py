"""The words of dispatch: states and codes, as used in requests, events and views. Labels: the city's term list."""

from __future__ import annotations

from enum import StrEnum


class Channel(StrEnum):
    """How a contact reached the centre; `relay` is another centre (119 NCC, police) passing it on."""

    CALL = "call"
    APP = "app"
    RELAY = "relay"


class ContactState(StrEnum):
    OPEN = "open"
    CLAIMED = "claimed"
    DISPOSED = "disposed"


class Disposition(StrEnum):
    """What a contact turned out to be. Only `prank` ever counts against a caller."""

    INCIDENT = "incident"
    CUT_OFF = "cut_off"
    SILENT = "silent"
    PRANK = "prank"
    INFORMATION = "information"
    OTHER_AGENCY = "other_agency"
    TEST = "test"


class ChoiceMode(StrEnum):
    """How it came that a unit was sent: chosen by a person, by mode auto, planned before, or taken off its way."""

    OPERATOR = "operator"
    AUTO = "auto"
    PLAN = "plan"
    DIVERSION = "diversion"


class HelpStage(StrEnum):
    """How far help has come, as whoever called is told. More stages may come."""

    RECEIVED = "received"
    SEARCHING = "searching"
    PLANNED = "planned"
    ON_THE_WAY = "on_the_way"
    ARRIVED = "arrived"
    ENDED = "ended"


class IncidentClass(StrEnum):
    EMERGENCY = "emergency"
    REGULAR = "regular"


class IncidentKind(StrEnum):
    """What happened, coarse enough to be asked in the first seconds."""

    MEDICAL = "medical"
    TRAFFIC = "traffic"
    TRAUMA = "trauma"
    MATERNITY = "maternity"
    FIRE = "fire"
    DROWNING = "drowning"
    MASS_CASUALTY = "mass_casualty"
    TRANSPORT = "transport"
    OTHER = "other"


class IncidentState(StrEnum):
    RECEIVED = "received"
    TRIAGED = "triaged"
    DISPATCHING = "dispatching"
    ACTIVE = "active"
    CLOSED = "closed"


class Outcome(StrEnum):
    """How an incident, or one patient of it, ended."""

    TRANSPORTED = "transported"
    TREATED_ON_SCENE = "treated_on_scene"
    DECEASED = "deceased"
    CANCELLED = "cancelled"
    UNFOUNDED = "unfounded"
    HANDED_OVER = "handed_over"


class Triage(StrEnum):
    """merah: at once; kuning: urgent; hijau: can wait; hitam: beyond help. By phone always provisional."""

    MERAH = "merah"
    KUNING = "kuning"
    HIJAU = "hijau"
    HITAM = "hitam"


class AssignmentState(StrEnum):
    DISPATCHED = "dispatched"
    ACKNOWLEDGED = "acknowledged"
    EN_ROUTE = "en_route"
    ON_SCENE = "on_scene"
    PATIENT_LOADED = "patient_loaded"
    AT_HOSPITAL = "at_hospital"
    HANDED_OVER = "handed_over"
    COMPLETED = "completed"
    DECLINED = "declined"
    RELEASED = "released"
    DIVERTED = "diverted"


class Milestone(StrEnum):
    """What a crew reports, in the order in which it can happen; some may be missing, none goes back."""

    ACKNOWLEDGED = "acknowledged"
    EN_ROUTE = "en_route"
    ON_SCENE = "on_scene"
    PATIENT_LOADED = "patient_loaded"
    AT_HOSPITAL = "at_hospital"
    HANDED_OVER = "handed_over"
    COMPLETED = "completed"


class AlertState(StrEnum):
    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"


class AlertKind(StrEnum):
    """What somebody must look at. More kinds may come: readers show one that they don't know as it is."""

    UNACKNOWLEDGED = "unacknowledged"
    NOT_MOVING = "not_moving"
    OVER_TARGET = "over_target"
    STATUS_TOO_LONG = "status_too_long"
    HAND_OVER_TOO_LONG = "hand_over_too_long"
    REGULAR_UNASSIGNED = "regular_unassigned"
    CALL_BACK_DUE = "call_back_due"
    AUTO_DISPATCH_FAILED = "auto_dispatch_failed"
    PATIENT_WAITING = "patient_waiting"
    NOT_CLOSED = "not_closed"
    DEVICE_UNRELIABLE = "device_unreliable"
    POSSIBLE_DUPLICATE = "possible_duplicate"
    PLANNED_UNIT_UNAVAILABLE = "planned_unit_unavailable"
    CALLER_DOUBTED = "caller_doubted"
    HAND_OVER_UNCONFIRMED = "hand_over_unconfirmed"
    FAMILY_TO_TELL = "family_to_tell"
    FACILITY_UNANSWERED = "facility_unanswered"


class UnitType(StrEnum):
    TRANSPORT = "transport"
    BLS = "bls"
    ALS = "als"


class UnitState(StrEnum):
    """`committed` is derived: the unit has an active assignment."""

    OFF_DUTY = "off_duty"
    AVAILABLE = "available"
    COMMITTED = "committed"
    OUT_OF_SERVICE = "out_of_service"


class FacilityState(StrEnum):
    OPEN = "open"
    FULL = "full"
    DIVERSION = "diversion"


class FacilityType(StrEnum):
    HOSPITAL = "hospital"
    PUSKESMAS = "puskesmas"


class Capability(StrEnum):
    """What a facility can care for, beyond a first look."""

    TRAUMA = "trauma"
    CARDIAC = "cardiac"
    STROKE = "stroke"
    OBSTETRIC = "obstetric"
    PAEDIATRIC = "paediatric"
    BURNS = "burns"
    INTENSIVE_CARE = "intensive_care"
    DIALYSIS = "dialysis"
    PSYCHIATRIC = "psychiatric"


class FacilityAnswer(StrEnum):
    """What a facility says to a patient who is announced; `asked`: nothing yet."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class RefusalReason(StrEnum):
    """Why a facility did not take a patient. None of them is lawful for an emergency: that is why they are counted."""

    NO_BED = "no_bed"
    NO_DOCTOR = "no_doctor"
    NOT_EQUIPPED = "not_equipped"
    EQUIPMENT_DOWN = "equipment_down"
    DIVERSION = "diversion"
    ADMINISTRATION = "administration"
    OTHER = "other"


class HandOverRefusal(StrEnum):
    """Why another jurisdiction does not take an incident."""

    NO_UNIT = "no_unit"
    NOT_THEIRS = "not_theirs"
    UNREACHABLE = "unreachable"
    OTHER = "other"


class BodyTransportState(StrEnum):
    OPEN = "open"
    SETTLED = "settled"


class BodyTransportOutcome(StrEnum):
    """The only three ways in which the task ends: no body is forgotten."""

    PARTNER_HEARSE = "partner_hearse"
    TRANSPORT_UNIT = "transport_unit"
    FACILITY_KEEPS = "facility_keeps"


class DeathRetractionReason(StrEnum):
    """Why a confirmed death was a mistake."""

    SIGNS_OF_LIFE = "signs_of_life"
    WRONG_PATIENT = "wrong_patient"
    ENTRY_ERROR = "entry_error"
