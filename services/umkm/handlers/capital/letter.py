"""Letters of the office to a bank: A4, to be signed by hand."""

from __future__ import annotations

import io
from datetime import date
from xml.sax.saxutils import escape

from contracts.identity import region_name
from contracts.umkm import KurTier, KurUse

from ...domain.business import Business
from ...domain.owner import Owner
from ..printing import BOLD, day_text, fonts, style

TIERS = {KurTier.SUPER_MICRO: "KUR super mikro", KurTier.MICRO: "KUR mikro", KurTier.SMALL: "KUR kecil"}
USES = {KurUse.WORKING_CAPITAL: "modal kerja", KurUse.INVESTMENT: "investasi"}


def kur_referral(business: Business, owner: Owner, tier: KurTier, rupiah: int, use: KurUse, day: date) -> bytes:
    """The office tells what it knows; whether the bank lends is the bank's."""
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

    fonts()
    told = (
        ("Nama pemilik", owner.name),
        ("NIK", owner.nik),
        ("Nama usaha", business.name),
        ("NIB", business.nib or "-"),
        ("Alamat usaha", f"{business.address}, {region_name(business.kelurahan_code)}"),
        ("Berdiri sejak", day_text(business.founded_on)),
        ("Permohonan", f"{TIERS[tier]} untuk {USES[use]} sebesar {_money(rupiah)}"),
    )
    rows = [[Paragraph(escape(one), style(10)) for one in row] for row in told]
    parts = [
        Paragraph("PEMERINTAH KOTA TANGERANG", style(13, BOLD)),
        Paragraph("Dinas Perindustrian, Perdagangan, Koperasi, Usaha Kecil dan Menengah", style(10)),
        Spacer(1, 24),
        Paragraph(f"Tangerang, {day_text(day)}", style(10)),
        Spacer(1, 12),
        Paragraph("Perihal: Rujukan Kredit Usaha Rakyat (KUR)", style(11, BOLD)),
        Spacer(1, 12),
        Paragraph("Kepada Yth. pimpinan bank penyalur KUR", style(10)),
        Spacer(1, 12),
        Paragraph("Dengan ini kami merujuk pelaku usaha berikut, yang usahanya telah kami periksa:", style(10)),
        Spacer(1, 8),
        Table(rows, (110, 370)),
        Spacer(1, 8),
        Paragraph(
            "Menurut data kami usaha ini memenuhi ketentuan Permenko Perekonomian Nomor 7 Tahun 2025. Keputusan kredit"
            " sepenuhnya ada pada bank.",
            style(10),
        ),
        Spacer(1, 48),
        Paragraph("Kepala Dinas,", style(10)),
        Spacer(1, 60),
        Paragraph("(nama, NIP, tanda tangan)", style(9)),
    ]
    target = io.BytesIO()
    SimpleDocTemplate(target, pagesize=A4, title="Rujukan KUR", leftMargin=56, rightMargin=56, topMargin=56).build(
        parts
    )
    return target.getvalue()


def _money(rupiah: int) -> str:
    """Rp1.500.000."""
    return "Rp" + f"{rupiah:,}".replace(",", ".")
