"""The hearse service: what it answers, what it listens to and which clocks it keeps."""

from __future__ import annotations

from chassis.service import Service, answers, on_timer, subscribe
from contracts import hearse as asked

from .handlers import (
    alerts,
    blocks,
    booking,
    configuration,
    day,
    deaths,
    deciding,
    documents,
    facilities,
    fleet,
    other_transport,
    planning,
    replanning,
    reports,
    run_out,
    supervision,
    trips,
)
from .handlers import timer_kinds as kinds


class Hearse(Service):
    """Free hearses: bookings, plans, trips, the burial unit's master data."""

    name = "hearse"

    request_booking = answers(asked.RequestBooking, booking.request_booking)
    submit_draft = answers(asked.SubmitDraft, booking.submit_draft)
    get_booking = answers(asked.GetBooking, booking.get_booking)
    list_bookings = answers(asked.ListBookings, booking.list_bookings)

    approve_booking = answers(asked.ApproveBooking, deciding.approve_booking)
    reject_booking = answers(asked.RejectBooking, deciding.reject_booking)
    cancel_booking = answers(asked.CancelBooking, deciding.cancel_booking)
    dispute_booking = answers(asked.DisputeBooking, deciding.dispute_booking)
    settle_dispute = answers(asked.SettleDispute, deciding.settle_dispute)

    find_slots = answers(asked.FindSlots, planning.find_slots)
    hold_slot = answers(asked.HoldSlot, planning.hold_slot)
    confirm_booking = answers(asked.ConfirmBooking, planning.confirm_booking)
    record_trip_milestone = answers(asked.RecordTripMilestone, trips.record_trip_milestone)

    import_fleet = answers(asked.ImportFleet, fleet.import_fleet)
    set_vehicle_state = answers(asked.SetVehicleState, fleet.set_vehicle_state)
    list_vehicles = answers(asked.ListVehicles, fleet.list_vehicles)
    list_officers = answers(asked.ListOfficers, fleet.list_officers)
    list_burial_places = answers(asked.ListBurialPlaces, fleet.list_burial_places)

    on_patient_deceased = subscribe("ambulance.patient-deceased.v1", deaths.draft_from_death)
    on_death_retracted = subscribe("ambulance.patient-deceased-retracted.v1", deaths.cancel_for_the_living)

    block_resource = answers(asked.BlockResource, blocks.block_resource)
    lift_block = answers(asked.LiftBlock, blocks.lift_block)
    list_blocks = answers(asked.ListBlocks, blocks.list_blocks)
    propose_moves = answers(asked.ProposeMoves, replanning.propose_moves)
    apply_moves = answers(asked.ApplyMoves, replanning.apply_moves)

    record_document = answers(asked.RecordDocument, documents.record_document)
    verify_death_letter = answers(asked.VerifyDeathLetter, documents.verify_death_letter)
    correct_death = answers(asked.CorrectDeath, documents.correct_death)
    get_configuration = answers(asked.GetConfiguration, configuration.get_configuration)
    set_planning = answers(asked.SetPlanning, configuration.set_planning)
    set_clocks = answers(asked.SetClocks, configuration.set_clocks)
    set_papers = answers(asked.SetPapers, configuration.set_papers)

    on_facility_changed = subscribe("ambulance.facility-status-changed.v1", facilities.remember)
    on_transport_settled = subscribe("ambulance.body-transport-settled.v1", other_transport.transport_settled)

    get_day_plan = answers(asked.GetDayPlan, day.get_day_plan)
    print_day_plan = answers(asked.PrintDayPlan, day.print_day_plan)
    get_report = answers(asked.GetReport, reports.get_report)
    make_complaint = answers(asked.MakeComplaint, supervision.make_complaint)
    list_complaints = answers(asked.ListComplaints, supervision.list_complaints)
    answer_complaint = answers(asked.AnswerComplaint, supervision.answer_complaint)
    correct_trip_milestone = answers(asked.CorrectTripMilestone, supervision.correct_trip_milestone)
    erase_booking = answers(asked.EraseBooking, supervision.erase_booking)

    list_alerts = answers(asked.ListAlerts, alerts.list_alerts)
    acknowledge_alert = answers(asked.AcknowledgeAlert, alerts.acknowledge_alert)
    resolve_alert = answers(asked.ResolveAlert, alerts.resolve_alert)

    hold_ended = on_timer(kinds.HOLD_ENDED, run_out.hold_ended)
    arrival_due = on_timer(kinds.ARRIVAL_DUE, run_out.arrival_due)
    end_due = on_timer(kinds.END_DUE, run_out.end_due)
    approval_due = on_timer(kinds.APPROVAL_DUE, run_out.approval_due)
    next_of_kin_due = on_timer(kinds.KIN_DUE, run_out.next_of_kin_due)
    vehicle_check = on_timer(kinds.VEHICLE_CHECK, run_out.vehicle_check)
    retention_due = on_timer(kinds.RETENTION, supervision.retention_due)
    expired = on_timer(kinds.EXPIRY, run_out.expired)
