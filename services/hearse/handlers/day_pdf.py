"""The day's plan as a PDF: for each vehicle that drives its trips in order, to be taken along.

Names are text, never markup: reportlab's Paragraph would read `<` and `&` in them as such, and leave out what it does
not understand without a word.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from contracts.hearse.views import DayPlan, DayTrip, VehicleDay
from contracts.times import WIB

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

HEAD = ("Jam", "Jenazah dan keluarga", "Jemput", "Tujuan", "Petugas", "Berkas kurang")
WIDTHS = (82, 150, 155, 155, 105, 111)
PAPERS = {
    "death_letter": "surat kematian",
    "deceased_id_card": "KTP almarhum",
    "reporter_id_card": "KTP pelapor",
    "family_card": "KK",
    "neighbourhood_letter": "surat RT/RW",
    "hospital_letter": "surat rumah sakit",
    "poverty_letter": "SKTM",
    "transport_permit": "izin angkut",
}
FONT, BOLD = "Vera", "VeraBd"


def printed(plan: DayPlan, now: datetime) -> bytes:
    """The bytes of the file: A4, landscape. Loads reportlab, which takes a while, at the first print."""
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    _fonts()
    target, style = io.BytesIO(), _style()
    title = f"Rencana mobil jenazah {plan.day:%d-%m-%Y}"
    document = SimpleDocTemplate(
        target, pagesize=landscape(A4), title=title, author="", leftMargin=40, rightMargin=40, topMargin=36
    )
    parts: list[Flowable] = [Paragraph(escape(title), _style(14, BOLD))]
    parts += [part for vehicle in plan.vehicles if vehicle.trips for part in _vehicle(vehicle)]
    if len(parts) == 1:
        parts.append(Paragraph("Tidak ada perjalanan.", style))
    parts.append(Spacer(1, 8))
    parts.append(Paragraph(f"Dicetak {_clock(now)} WIB, {now.astimezone(WIB):%d-%m-%Y}.", style))
    document.build(parts)
    return target.getvalue()


def _vehicle(vehicle: VehicleDay) -> Iterator[Any]:
    from reportlab.lib import colors
    from reportlab.platypus import Paragraph, Spacer, Table, TableStyle

    yield Spacer(1, 12)
    yield Paragraph(escape(f"{vehicle.vehicle_id}   {vehicle.plate}"), _style(12, BOLD))
    yield Spacer(1, 4)
    rows = [[Paragraph(escape(head), _style(8, BOLD)) for head in HEAD]]
    rows += [[_cell(text) for text in _texts(trip)] for trip in vehicle.trips]
    table = Table(rows, WIDTHS, repeatRows=1)
    lines: list[Any] = [("GRID", (0, 0), (-1, -1), 0.4, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    table.setStyle(TableStyle([*lines, ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke)]))
    yield table


def _texts(trip: DayTrip) -> tuple[str, ...]:
    people = [trip.deceased, trip.reporter and f"keluarga: {trip.reporter}", trip.phone, trip.note]
    times = f"{_clock(trip.begins_at)} berangkat\n{_clock(trip.pickup_at)} jemput\n{_clock(trip.arrives_at)} tiba"
    return (
        times,
        "\n".join(filter(None, people)),
        trip.pickup,
        trip.destination,
        "\n".join(trip.officers),
        "\n".join(PAPERS.get(paper, paper) for paper in trip.papers_missing),
    )


def _cell(text: str) -> Any:
    from reportlab.platypus import Paragraph

    return Paragraph(escape(text).replace("\n", "<br/>"), _style())


def _style(size: int = 8, font: str = FONT) -> Any:
    from reportlab.lib.styles import ParagraphStyle

    return ParagraphStyle(f"{font}{size}", fontName=font, fontSize=size, leading=size * 1.3)


def _fonts() -> None:
    """Fonts that come with reportlab and go into the file: a printer needs none of its own."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    if FONT not in pdfmetrics.getRegisteredFontNames():
        for name in (FONT, BOLD):
            pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))


def _clock(at: datetime) -> str:
    return f"{at.astimezone(WIB):%H.%M}"
