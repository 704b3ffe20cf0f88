"""A file leaves as it is."""

from __future__ import annotations

import base64
import json

from gateway.files import answers_file, as_file
from gateway.routes import ROUTES

BY_OPERATION = {route.operation: route for route in ROUTES}


def test_a_services_file_is_sent_with_its_name_and_type_and_is_kept_nowhere() -> None:
    route = BY_OPERATION["hearse.print_day_plan"]
    reply = json.dumps({"file_name": "rencana.pdf", "content": base64.b64encode(b"%PDF-\xff").decode()})
    response = as_file(route, reply.encode(), public=False)
    assert (response.body, response.media_type) == (b"%PDF-\xff", "application/pdf")
    assert response.headers["content-disposition"] == 'attachment; filename="rencana.pdf"'
    assert response.headers["cache-control"] == "no-store"


def test_everything_else_is_json() -> None:
    files = {operation for operation, route in BY_OPERATION.items() if answers_file(route)}
    assert files == {
        "ambulance.export_contact_counts",
        "ambulance.export_coverage",
        "ambulance.export_response_times",
        "education.download_bank_file",
        "education.get_waiver_report",
        "education.get_waiver_workbook",
        "education.download_refused_rows",
        "hearse.print_day_plan",
        "hearse.get_report",
        "umkm.get_photo",
        "umkm.get_year_report",
        "umkm.get_year_workbook",
        "umkm.print_attendance",
        "umkm.print_kur_referral",
        "umkm.print_certificate",
    }
