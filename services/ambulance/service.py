"""The ambulance service: what it answers, the one thing that it listens to, and which clocks it keeps."""

from __future__ import annotations

from chassis.service import Service, answers, on_timer, subscribe
from contracts import ambulance as asked

from . import roads, store
from .domain import triage
from .handlers import (
    alerts,
    body_transports,
    call_backs,
    care,
    configuration,
    crew,
    day_plan,
    deaths,
    dispatch,
    hand_overs,
    hospitals,
    imports,
    incidents,
    intake,
    measures,
    moving,
    patients,
    planning,
    positions,
    progress,
    proposing,
    reasons,
    reports,
    resources,
    rides,
    run_out,
    siaga,
    speeds,
    watching,
)
from .handlers import timer_kinds as kinds


class Ambulance(Service):
    """Free ambulances: intake, dispatch, crews, master data."""

    name = "ambulance"
    gauges = ((measures.RED_WAITING, store.incident.RED_WAITING_SECONDS),)

    @classmethod
    def unfit(cls) -> str | None:
        """An address that is none must not be found out by the first dispatcher of the day."""
        return roads.unfit()

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
    get_progress = answers(asked.GetProgress, progress.get_progress)

    triage_incident = answers(asked.TriageIncident, incidents.triage_incident)
    get_triage_protocol = answers(asked.GetTriageProtocol, incidents.get_triage_protocol)
    locate_incident = answers(asked.LocateIncident, incidents.locate_incident)
    close_incident = answers(asked.CloseIncident, incidents.close_incident)
    separate_incident = answers(asked.SeparateIncident, incidents.separate_incident)
    offer_hand_over = answers(asked.OfferHandOver, hand_overs.offer_hand_over)
    confirm_hand_over = answers(asked.ConfirmHandOver, hand_overs.confirm_hand_over)
    refuse_hand_over = answers(asked.RefuseHandOver, hand_overs.refuse_hand_over)
    get_incident = answers(asked.GetIncident, incidents.get_incident)
    list_incidents = answers(asked.ListIncidents, incidents.list_incidents)
    list_pickups = answers(asked.ListPickups, incidents.list_pickups)

    recommend_units = answers(asked.RecommendUnits, dispatch.recommend_units)
    get_choice = answers(asked.GetChoice, reasons.get_choice)
    list_proposals = answers(asked.ListProposals, proposing.list_proposals)
    dispatch_unit = answers(asked.DispatchUnit, dispatch.dispatch_unit)
    plan_unit = answers(asked.PlanUnit, planning.plan_unit)
    cancel_plan = answers(asked.CancelPlan, planning.cancel_plan)
    get_day_plan = answers(asked.GetDayPlan, day_plan.get_day_plan)
    plan_day = answers(asked.PlanDay, day_plan.plan_day)
    open_ride_series = answers(asked.OpenRideSeries, rides.open_ride_series)
    get_ride_series = answers(asked.GetRideSeries, rides.get_ride_series)
    list_ride_series = answers(asked.ListRideSeries, rides.list_ride_series)
    skip_ride = answers(asked.SkipRide, rides.skip_ride)
    end_ride_series = answers(asked.EndRideSeries, rides.end_ride_series)
    divert_unit = answers(asked.DivertUnit, dispatch.divert_unit)
    release_unit = answers(asked.ReleaseUnit, dispatch.release_unit)

    record_milestone = answers(asked.RecordMilestone, crew.record_milestone)
    decline_assignment = answers(asked.DeclineAssignment, crew.decline_assignment)
    correct_milestone = answers(asked.CorrectMilestone, crew.correct_milestone)
    report_positions = answers(asked.ReportPositions, positions.report_positions)

    add_patient = answers(asked.AddPatient, patients.add_patient)
    confirm_triage = answers(asked.ConfirmTriage, patients.confirm_triage)
    assign_patient = answers(asked.AssignPatient, patients.assign_patient)
    record_patient_outcome = answers(asked.RecordPatientOutcome, patients.record_patient_outcome)
    report_death = answers(asked.ReportDeath, deaths.report_death)
    confirm_death = answers(asked.ConfirmDeath, deaths.confirm_death)
    retract_death = answers(asked.RetractDeath, deaths.retract_death)
    rank_facilities = answers(asked.RankFacilities, hospitals.rank_facilities)
    ask_facility = answers(asked.AskFacility, hospitals.ask_facility)
    accept_patient = answers(asked.AcceptPatient, hospitals.accept_patient)
    refuse_facility = answers(asked.RefuseFacility, hospitals.refuse_facility)

    import_areas = answers(asked.ImportAreas, imports.import_areas)
    import_facilities = answers(asked.ImportFacilities, imports.import_facilities)
    import_units = answers(asked.ImportUnits, imports.import_units)
    set_standby = answers(asked.SetStandby, resources.set_standby)
    set_unit_status = answers(asked.SetUnitStatus, resources.set_unit_status)
    set_facility_status = answers(asked.SetFacilityStatus, resources.set_facility_status)
    get_unit = answers(asked.GetUnit, resources.get_unit)
    list_units = answers(asked.ListUnits, resources.list_units)
    list_facilities = answers(asked.ListFacilities, resources.list_facilities)
    list_areas = answers(asked.ListAreas, resources.list_areas)
    list_boundaries = answers(asked.ListBoundaries, resources.list_boundaries)

    get_travel_speeds = answers(asked.GetTravelSpeeds, speeds.get_travel_speeds)
    learn_travel_speeds = answers(asked.LearnTravelSpeeds, speeds.learn_travel_speeds)

    get_response_times = answers(asked.GetResponseTimes, reports.get_response_times)
    export_response_times = answers(asked.ExportResponseTimes, reports.export_response_times)
    get_contact_counts = answers(asked.GetContactCounts, reports.get_contact_counts)
    export_contact_counts = answers(asked.ExportContactCounts, reports.export_contact_counts)
    get_coverage = answers(asked.GetCoverage, reports.get_coverage)
    export_coverage = answers(asked.ExportCoverage, reports.export_coverage)

    get_configuration = answers(asked.GetConfiguration, configuration.get_configuration)
    set_targets = answers(asked.SetTargets, configuration.set_targets)
    set_clocks = answers(asked.SetClocks, configuration.set_clocks)
    set_status_limits = answers(asked.SetStatusLimits, configuration.set_status_limits)
    set_siaga_mode = answers(asked.SetSiagaMode, configuration.set_siaga_mode)
    list_alerts = answers(asked.ListAlerts, alerts.list_alerts)
    acknowledge_alert = answers(asked.AcknowledgeAlert, alerts.acknowledge_alert)
    resolve_alert = answers(asked.ResolveAlert, alerts.resolve_alert)

    list_body_transports = answers(asked.ListBodyTransports, body_transports.list_body_transports)
    engage_partner_hearse = answers(asked.EngagePartnerHearse, body_transports.engage_partner_hearse)
    approve_transport_unit = answers(asked.ApproveTransportUnit, body_transports.approve_transport_unit)
    keep_body = answers(asked.KeepBody, body_transports.keep_body)

    on_no_hearse = subscribe("hearse.vehicle-unavailable.v1", body_transports.raise_task)

    not_acknowledged = on_timer(kinds.UNACKNOWLEDGED, run_out.not_acknowledged)
    not_moving = on_timer(kinds.NOT_MOVING, run_out.not_moving)
    status_too_long = on_timer(kinds.STATUS, run_out.status_too_long)
    plan_due = on_timer(kinds.PLAN_DUE, run_out.plan_due)
    facility_unanswered = on_timer(kinds.FACILITY_ANSWER, run_out.facility_unanswered)
    pickup_lost = on_timer(kinds.PICKUP_LOST, moving.pickup_lost)
    series_due = on_timer(kinds.RIDE_SERIES, rides.series_due)
    receipt_overdue = on_timer(kinds.RECEIPT, hand_overs.receipt_overdue)
    over_target = on_timer(kinds.OVER_TARGET, run_out.over_target)
    regular_unassigned = on_timer(kinds.UNASSIGNED, run_out.regular_unassigned)
    not_closed = on_timer(kinds.NOT_CLOSED, care.not_closed)
    auto_dispatch = on_timer(kinds.AUTO_DISPATCH, siaga.auto_dispatch)
    call_back_due = on_timer(kinds.CALL_BACK, call_backs.call_back_due)
    partitions_due = on_timer(kinds.PARTITIONS, positions.keep_partitions)
    speeds_due = on_timer(kinds.LEARN_SPEEDS, speeds.learn_nightly)
    coverage_due = on_timer(kinds.COVERAGE, watching.sample_coverage)
