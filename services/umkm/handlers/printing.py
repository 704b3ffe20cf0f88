"""Attendance lists and certificates as PDF.

Names are text, never markup: reportlab's Paragraph would read `<` and `&` in them as such, and leave out what it does
not understand without a word.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from contracts.times import WIB

from ..domain.batch import Batch, Session
from ..domain.certificate import Certificate, grouped
from .public_address import PUBLIC

FONT, BOLD = "Vera", "VeraBd"
MONTHS: tuple[str, ...] = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
)
MONTHS += ("November", "Desember")
QR_POINTS = 110


def attendance(
    batch: Batch, session: Session, number: int, rows: Sequence[tuple[int, str, str]], now: datetime
) -> bytes:
    """The list of a session to be signed: A4. `rows`: number, name, business."""
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

    fonts()
    begins, ends = session.begins_at.astimezone(WIB), session.ends_at.astimezone(WIB)
    heads = [Paragraph(escape(head), style(8, BOLD)) for head in ("No.", "Nama", "Usaha", "Tanda tangan")]
    lines = [
        [Paragraph(escape(str(text)), style(9)) for text in (at, name, business)] + [""] for at, name, business in rows
    ]
    table = Table([heads, *lines], (36, 170, 170, 139), [18] + [26] * len(lines), repeatRows=1)
    grid: list[Any] = [("GRID", (0, 0), (-1, -1), 0.4, colors.grey), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    table.setStyle(TableStyle([*grid, ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke)]))
    when = f"{day_text(begins)}, {begins:%H.%M}–{ends:%H.%M} WIB"
    parts = [
        Paragraph(escape(f"Daftar hadir: {batch.title}"), style(14, BOLD)),
        Paragraph(escape(f"Sesi {number} dari {len(batch.sessions)} — {when} — {batch.venue}"), style(9)),
        Spacer(1, 10),
        table,
        Spacer(1, 8),
        Paragraph(f"Dicetak {now.astimezone(WIB):%H.%M} WIB, {day_text(now.astimezone(WIB))}.", style(8)),
    ]
    target = io.BytesIO()
    SimpleDocTemplate(target, pagesize=A4, title="Daftar hadir", leftMargin=40, rightMargin=40, topMargin=40).build(
        parts
    )
    return target.getvalue()


def certificate(certificate: Certificate) -> bytes:
    """A4, landscape, with a QR code that leads to the public page. Long names shrink; none is cut."""
    from reportlab.graphics import renderPDF
    from reportlab.graphics.barcode.qr import QrCodeWidget
    from reportlab.graphics.shapes import Drawing
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.pdfgen.canvas import Canvas

    fonts()
    width, height = landscape(A4)
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(width, height))
    canvas.setTitle(f"Sertifikat {grouped(certificate.code)}")
    canvas.setLineWidth(2)
    canvas.rect(28, 28, width - 56, height - 56)
    _centred(canvas, "PEMERINTAH KOTA TANGERANG", BOLD, 13, width, height - 80)
    _centred(
        canvas, "Dinas Perindustrian, Perdagangan, Koperasi, Usaha Kecil dan Menengah", FONT, 11, width, height - 98
    )
    _centred(canvas, "SERTIFIKAT", BOLD, 34, width, height - 160)
    _centred(canvas, "diberikan kepada", FONT, 12, width, height - 195)
    _centred(canvas, certificate.name, BOLD, 26, width, height - 240)
    _centred(canvas, "yang telah mengikuti sampai selesai dan lulus pelatihan", FONT, 12, width, height - 275)
    _centred(canvas, certificate.course, BOLD, 18, width, height - 308)
    _centred(canvas, f"Tangerang, {day_text(certificate.completed_on)}", FONT, 12, width, height - 345)
    address = PUBLIC.certificate(certificate.code)
    code = QrCodeWidget(address, barLevel="M", barWidth=QR_POINTS, barHeight=QR_POINTS)
    drawing = Drawing(QR_POINTS, QR_POINTS)
    drawing.add(code)
    renderPDF.draw(drawing, canvas, (width - QR_POINTS) / 2, 92)
    _centred(canvas, f"Kode {grouped(certificate.code)}", BOLD, 11, width, 78)
    _centred(canvas, f"Periksa keasliannya: {address}", FONT, 9, width, 60)
    canvas.save()
    return target.getvalue()


def _centred(canvas: Any, text: str, font: str, size: float, width: float, y: float) -> None:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    while size > 6 and stringWidth(text, font, size) > width - 110:
        size -= 0.5
    canvas.setFont(font, size)
    canvas.drawCentredString(width / 2, y, text)


def day_text(day: Any) -> str:
    """23 November 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def style(size: int, font: str = FONT) -> Any:
    """Of a paragraph."""
    from reportlab.lib.styles import ParagraphStyle

    return ParagraphStyle(f"{font}{size}", fontName=font, fontSize=size, leading=size * 1.3)


def fonts() -> None:
    """Fonts that come with reportlab and go into the file: a printer needs none of its own."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    if FONT not in pdfmetrics.getRegisteredFontNames():
        for name in (FONT, BOLD):
            pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))
