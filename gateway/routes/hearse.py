"""Hearse bookings, their plans and trips, and the burial unit's master data."""

from __future__ import annotations

from contracts import hearse as h

from ..table import Route

BASE = "/v1/hearse"
BOOKING = f"{BASE}/bookings/{{booking_id}}"
REQUEST = {
    "reporter": {"name": "Siti Contoh", "phone": "0812 0000 1234", "relationship": "anak"},
    "deceased": {"name": "Bapak Contoh"},
    "pickup": {"location": {"type": "Point", "coordinates": [106.632, -6.172]}, "address": "Jl. Contoh 1"},
    "destination": {"kind": "city_cemetery", "burial_place_id": "TPU-SELAPAJANG"},
    "earliest_at": "2026-12-01T09:00:00+07:00",
}
TIME = {"pickup_at": "2026-12-01T09:30:00+07:00"}
FLEET = {
    "vehicles": [
        {"id": "JNZ-01", "plate": "B 1001 XYZ", "base": {"type": "Point", "coordinates": [106.6405, -6.1702]}}
    ],
    "officers": [
        {
            "id": "PTG-01",
            "name": "Petugas Contoh",
            "drives": True,
            "shifts": [{"days": ["monday", "tuesday"], "begins": "07:00", "ends": "19:00"}],
        }
    ],
}
LETTER = {"letter_number": "474.3/001/2026", "nik": "3671014502809001", "died_on": "2026-11-30"}
BLOCK = {"resource": "vehicle:JNZ-01", "begins_at": "2026-12-01T08:00:00+07:00", "reason": "servis berkala"}
MOVES = {
    "resource": "vehicle:JNZ-01",
    "reason": "mogok di jalan",
    "moves": [
        {
            "booking_id": "01a20a67-01f0-72f8-a748-0681f088c901",
            "pickup_at": "2026-12-01T09:30:00+07:00",
            "vehicle_id": "JNZ-02",
            "officer_ids": ["PTG-01"],
        }
    ],
}

ROUTES = (
    Route("POST", f"{BASE}/bookings", h.RequestBooking, 201, example=REQUEST),
    Route("GET", f"{BASE}/bookings", h.ListBookings),
    Route("GET", BOOKING, h.GetBooking),
    Route("POST", f"{BOOKING}/submission", h.SubmitDraft, example=REQUEST),
    Route("POST", f"{BOOKING}/approval", h.ApproveBooking, example={"version": 1}),
    Route("POST", f"{BOOKING}/rejection", h.RejectBooking, example={"reason": "not_served"}),
    Route("POST", f"{BOOKING}/cancellation", h.CancelBooking, example={"reason": "by_family"}),
    Route(
        "POST",
        f"{BOOKING}/dispute",
        h.DisputeBooking,
        example={"responsible": "Kepala UPT Contoh", "note": "dua keluarga menyebut makam yang berbeda"},
    ),
    Route(
        "POST",
        f"{BOOKING}/dispute-settlement",
        h.SettleDispute,
        example={"decided_by": "Kepala UPT Contoh", "note": "dimakamkan sesuai permintaan istri"},
    ),
    Route("GET", f"{BOOKING}/slots", h.FindSlots),
    Route("POST", f"{BOOKING}/hold", h.HoldSlot, example=TIME),
    Route("POST", f"{BOOKING}/confirmation", h.ConfirmBooking, example=TIME),
    Route("POST", f"{BOOKING}/milestones", h.RecordTripMilestone, example={"milestone": "en_route"}),
    Route(
        "POST",
        f"{BOOKING}/documents",
        h.RecordDocument,
        example={"kind": "neighbourhood_letter", "state": "to_follow"},
    ),
    Route("POST", f"{BOOKING}/death-letter", h.VerifyDeathLetter, example=LETTER),
    Route(
        "POST",
        f"{BOOKING}/death-correction",
        h.CorrectDeath,
        example={"reason": "wrong_date", "died_on": "2026-11-30", "note": "salah baca tanggal"},
    ),
    Route("GET", f"{BASE}/configuration", h.GetConfiguration),
    Route("PUT", f"{BASE}/configuration/planning", h.SetPlanning, example={"city_reserve": 2}),
    Route("PUT", f"{BASE}/configuration/clocks", h.SetClocks, example={"approve_minutes": 30}),
    Route("PUT", f"{BASE}/configuration/papers", h.SetPapers, example={"home": [{"kind": "death_letter"}]}),
    Route("POST", f"{BOOKING}/complaints", h.MakeComplaint, 201, example={"text": "mobil datang terlambat"}),
    Route("GET", f"{BASE}/complaints", h.ListComplaints),
    Route("POST", f"{BASE}/complaints/{{complaint_id}}/answer", h.AnswerComplaint, example={"answer": "mohon maaf"}),
    Route(
        "POST",
        f"{BOOKING}/milestone-corrections",
        h.CorrectTripMilestone,
        example={"milestone": "picked_up", "at": "2026-12-01T10:00:00+07:00", "reason": "terlambat menekan"},
    ),
    Route("POST", f"{BOOKING}/erasure", h.EraseBooking, example={"reason": "permintaan keluarga"}),
    Route("GET", f"{BASE}/days/{{day}}", h.GetDayPlan),
    Route("GET", f"{BASE}/days/{{day}}/print", h.PrintDayPlan, timeout=15.0),
    Route("GET", f"{BASE}/report", h.GetReport, timeout=15.0),
    Route("GET", f"{BASE}/blocks", h.ListBlocks),
    Route("POST", f"{BASE}/blocks", h.BlockResource, 201, example=BLOCK),
    Route("POST", f"{BASE}/blocks/{{block_id}}/lifting", h.LiftBlock),
    Route("GET", f"{BASE}/moves", h.ProposeMoves),
    Route("POST", f"{BASE}/moves", h.ApplyMoves, example=MOVES),
    Route("GET", f"{BASE}/alerts", h.ListAlerts),
    Route("POST", f"{BASE}/alerts/{{alert_id}}/acknowledgement", h.AcknowledgeAlert),
    Route("POST", f"{BASE}/alerts/{{alert_id}}/resolution", h.ResolveAlert),
    Route("POST", f"{BASE}/imports/fleet", h.ImportFleet, example=FLEET),
    Route("GET", f"{BASE}/vehicles", h.ListVehicles),
    Route("PUT", f"{BASE}/vehicles/{{vehicle_id}}/state", h.SetVehicleState, example={"state": "out_of_service"}),
    Route("GET", f"{BASE}/officers", h.ListOfficers),
    Route("GET", f"{BASE}/burial-places", h.ListBurialPlaces),
)
