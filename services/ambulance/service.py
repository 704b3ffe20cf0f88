"""The ambulance service: what it answers and which clocks it keeps. It listens to nobody."""

from __future__ import annotations

from chassis.service import Service, answers, on_timer
from contracts import ambulance as asked

from .domain import triage
from .handlers import call_backs, crew, dispatch, imports, incidents, intake, positions, proposing, resources


class Ambulance(Service):
    """Free ambulances: intake, dispatch, crews, master data."""

    name = "ambulance"

    @classmethod
    def unfit_for_production(cls) -> str | None:
        """A triage protocol decides who waits: a physician must have taken responsibility for it."""
        return None if triage.load().approved else "no named physician has approved the triage protocol"

    record_contact = answers(asked.RecordContact, intake.record_contact)
    claim_contact = answers(asked.ClaimContact, intake.claim_contact)
    dispose_contact = answers(asked.DisposeContact, intake.dispose_contact)
    open_incident = answers(asked.OpenIncident, intake.open_incident)
    get_contact = answers(asked.GetContact, intake.get_contact)
    list_contacts = answers(asked.ListContacts, intake.list_contacts)

    triage_incident = answers(asked.TriageIncident, incidents.triage_incident)
    locate_incident = answers(asked.LocateIncident, incidents.locate_incident)
    close_incident = answers(asked.CloseIncident, incidents.close_incident)
    get_incident = answers(asked.GetIncident, incidents.get_incident)
    list_incidents = answers(asked.ListIncidents, incidents.list_incidents)

    recommend_units = answers(asked.RecommendUnits, dispatch.recommend_units)
    list_proposals = answers(asked.ListProposals, proposing.list_proposals)
    dispatch_unit = answers(asked.DispatchUnit, dispatch.dispatch_unit)
    divert_unit = answers(asked.DivertUnit, dispatch.divert_unit)
    release_unit = answers(asked.ReleaseUnit, dispatch.release_unit)

    record_milestone = answers(asked.RecordMilestone, crew.record_milestone)
    decline_assignment = answers(asked.DeclineAssignment, crew.decline_assignment)
    record_patient_outcome = answers(asked.RecordPatientOutcome, crew.record_patient_outcome)
    report_death = answers(asked.ReportDeath, crew.report_death)
    confirm_death = answers(asked.ConfirmDeath, crew.confirm_death)
    report_positions = answers(asked.ReportPositions, positions.report_positions)

    import_areas = answers(asked.ImportAreas, imports.import_areas)
    import_facilities = answers(asked.ImportFacilities, imports.import_facilities)
    import_units = answers(asked.ImportUnits, imports.import_units)
    set_unit_status = answers(asked.SetUnitStatus, resources.set_unit_status)
    set_facility_status = answers(asked.SetFacilityStatus, resources.set_facility_status)
    get_unit = answers(asked.GetUnit, resources.get_unit)
    list_units = answers(asked.ListUnits, resources.list_units)
    list_facilities = answers(asked.ListFacilities, resources.list_facilities)
    list_areas = answers(asked.ListAreas, resources.list_areas)

    not_acknowledged = on_timer(dispatch.UNACKNOWLEDGED, dispatch.not_acknowledged)
    call_back_due = on_timer(call_backs.KIND, call_backs.call_back_due)
    partitions_due = on_timer(positions.PARTITIONS, positions.keep_partitions)
