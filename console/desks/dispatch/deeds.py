"""What is done to one incident."""

from __future__ import annotations

from typing import Any

from ...parts.deeds import Deed, Values, fields
from ...parts.forms import filled, point


def _answers(values: Values) -> dict[str, Any]:
    """The protocol's questions that were answered; `answer-breathing` is `yes` or `no`."""
    given = {name[7:]: value == "yes" for name, value in values.items() if name.startswith("answer-") and value}
    return {"answers": given}


def _place(values: Values) -> dict[str, Any]:
    return {**filled(values, "landmark"), **point(values)}


DEEDS = (
    Deed("kirim", "incidents/{id}/assignments", fields("unit_id", "facility_id")),
    Deed("rencana", "incidents/{id}/plans", fields("unit_id")),
    Deed("batal-rencana", "plans/{plan}/cancellation", fields("reason")),
    Deed("warna", "incidents/{id}/triage", fields("triage")),
    Deed("jawaban", "incidents/{id}/triage", _answers),
    Deed("tempat", "incidents/{id}/location", _place, "PUT"),
    Deed("tutup", "incidents/{id}/closure", fields("outcome", "reason", "duplicate_of", "handed_over_to")),
    Deed("serah", "incidents/{id}/hand-over", fields("to")),
    Deed("tanda-terima", "incidents/{id}/hand-over/receipt", fields("received_by", "reference")),
    Deed("serah-ditolak", "incidents/{id}/hand-over/refusal", fields("reason")),
    Deed("pisah", "incidents/{id}/separation", fields("reason")),
    Deed("tonggak", "assignments/{assignment}/milestones", fields("milestone", "facility_id")),
    Deed("lepas", "assignments/{assignment}/release", fields("reason")),
    Deed("bawa", "assignments/{assignment}/patients/{patient}", method="PUT"),
    Deed("pasien", "incidents/{id}/patients/{patient}/outcome", fields("outcome", "facility_id", "handed_over_to")),
    Deed("tanya", "assignments/{assignment}/inquiries", fields("facility_id")),
    Deed("terima", "assignments/{assignment}/acceptances", fields("facility_id")),
    Deed("penolakan", "assignments/{assignment}/refusals", fields("facility_id", "reason")),
)
