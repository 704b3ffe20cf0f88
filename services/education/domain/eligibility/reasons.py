"""The reasons in words, in Indonesian and English, and what would help."""

from __future__ import annotations

from contracts.education import ReasonCode

Words = dict[str, str]


def _words(id: str, en: str) -> Words:
    return {"id": id, "en": en}


TEXTS: dict[ReasonCode, Words] = {
    ReasonCode.FULFILLED: _words("Semua syarat terpenuhi.", "All conditions are met."),
    ReasonCode.NOT_ENROLLED: _words(
        "Anak tidak terdaftar di sekolah mana pun di kota ini.", "The child is enrolled at no school of the city."
    ),
    ReasonCode.GRADE_OUTSIDE: _words(
        "Program ini tidak berlaku untuk kelas anak.", "The programme does not cover the child's grade."
    ),
    ReasonCode.STATE_SCHOOL: _words(
        "Sekolah negeri sudah gratis; program ini untuk sekolah swasta mitra.",
        "State schools are free already; the programme is for private partner schools.",
    ),
    ReasonCode.NO_AGREEMENT: _words(
        "Sekolah belum memiliki perjanjian dengan kota untuk tahun ajaran ini.",
        "The school has no agreement with the city for this school year.",
    ),
    ReasonCode.NO_PLACES: _words(
        "Perjanjian sekolah tidak memiliki kuota untuk kelas ini.",
        "The school's agreement has no places for this grade.",
    ),
    ReasonCode.AGREEMENT_SUSPENDED: _words(
        "Perjanjian sekolah sedang dihentikan sementara.", "The school's agreement is suspended for now."
    ),
    ReasonCode.RESIDENCY_MISSING: _words(
        "Belum ada bukti bahwa anak berdomisili di Kota Tangerang.",
        "Nothing shows yet that the child lives in Kota Tangerang.",
    ),
    ReasonCode.LIVES_ELSEWHERE: _words(
        "Bukti terakhir menunjukkan anak berdomisili di luar Kota Tangerang.",
        "What was shown last says that the child lives outside of Kota Tangerang.",
    ),
    ReasonCode.DECILE_MISSING: _words(
        "Keluarga tidak ditemukan dalam data kesejahteraan (DTSEN).",
        "The family is not found in the welfare register (DTSEN).",
    ),
    ReasonCode.DECILE_ABOVE: _words(
        "Desil kesejahteraan keluarga di atas batas program.",
        "The family's welfare decile is above the programme's limit.",
    ),
    ReasonCode.DECILE_OLD: _words(
        "Data kesejahteraan belum diperbarui; data terakhir tetap berlaku.",
        "The welfare register was not renewed yet; the last release counts.",
    ),
}
HELP: dict[ReasonCode, Words] = {
    ReasonCode.NOT_ENROLLED: _words(
        "Minta sekolah memasukkan anak ke daftar peserta didiknya.", "Ask the school to put the child on its list."
    ),
    ReasonCode.GRADE_OUTSIDE: _words(
        "Jika kelasnya keliru, minta sekolah memperbaiki data anak.",
        "If the grade is wrong, ask the school to correct it.",
    ),
    ReasonCode.STATE_SCHOOL: _words(
        "Tidak perlu mengajukan: biaya sekolah negeri ditanggung negara.",
        "No application is needed: a state school asks no fees.",
    ),
    ReasonCode.NO_AGREEMENT: _words(
        "Tanyakan kepada dinas sekolah mitra mana yang masih memiliki tempat.",
        "Ask the education office which partner schools have places.",
    ),
    ReasonCode.NO_PLACES: _words(
        "Tanyakan kepada dinas sekolah mitra mana yang masih memiliki tempat.",
        "Ask the education office which partner schools have places.",
    ),
    ReasonCode.AGREEMENT_SUSPENDED: _words(
        "Tunggu keputusan dinas tentang perjanjian sekolah.", "Wait for the office's decision on the school."
    ),
    ReasonCode.RESIDENCY_MISSING: _words(
        "Tunjukkan kartu keluarga Kota Tangerang di sekolah atau di loket dinas.",
        "Show a family card of Kota Tangerang at the school or the office's counter.",
    ),
    ReasonCode.LIVES_ELSEWHERE: _words(
        "Jika sudah pindah ke Kota Tangerang, tunjukkan kartu keluarga yang baru.",
        "If you have moved to Kota Tangerang, show the new family card.",
    ),
    ReasonCode.DECILE_MISSING: _words(
        "Minta surat keterangan dari dinas sosial, atau daftarkan keluarga ke DTSEN di kelurahan.",
        "Ask the social office for a letter, or have the family registered at the kelurahan.",
    ),
    ReasonCode.DECILE_ABOVE: _words(
        "Jika keadaan keluarga berubah, minta surat keterangan dari dinas sosial.",
        "If the family's situation has changed, ask the social office for a letter.",
    ),
}
