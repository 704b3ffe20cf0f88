"""The education service's own refusals."""

from __future__ import annotations

from ..problems import Conflict


class RosterWrongState(
    Conflict,
    slug="education-roster-wrong-state",
    status=409,
    en="The roster's state does not allow this step",
    id="Status daftar tidak memungkinkan langkah ini",
):
    """`state` is the present state, `allowed` the states from which the step is possible."""


class TooManyRosters(
    Conflict,
    slug="education-too-many-rosters",
    status=409,
    en="Too many rosters of this school wait",
    id="Terlalu banyak daftar sekolah ini yang menunggu",
):
    """`rosters` wait to be applied: apply or abandon one first."""


class RosterStale(
    Conflict,
    slug="education-roster-superseded",
    status=409,
    en="The school's pupils have changed since this preview",
    id="Data peserta didik sekolah ini sudah berubah sejak pratinjau",
):
    """Another roster was applied, or a pupil moved. Upload the file again: the preview then shows what is left."""


class CountNeeded(
    Conflict,
    slug="education-count-needed",
    status=409,
    en="So many pupils would end that the count must be typed in",
    id="Banyak peserta didik akan berakhir: ketik jumlahnya",
):
    """`ending` would end, `free` may without it: send `end_count`."""


class SchoolToConfirm(
    Conflict,
    slug="education-school-to-confirm",
    status=409,
    en="The file does not show that it is this school's",
    id="Berkas ini tidak menunjukkan milik sekolah ini",
):
    """Neither its heading names the school nor are half of its pupils known there: send `confirm_npsn`."""


class UndoTooLate(
    Conflict,
    slug="education-undo-too-late",
    status=409,
    en="It can't be undone any more",
    id="Tidak dapat dibatalkan lagi",
):
    """`why` is expired, changed: somebody has changed these pupils since, or money: months of theirs were confirmed."""


class NotEnrolled(
    Conflict,
    slug="education-not-enrolled",
    status=409,
    en="The pupil is not enrolled at a school now",
    id="Peserta didik ini tidak sedang terdaftar di sekolah mana pun",
):
    """Nothing can end."""


class CountDiffers(
    Conflict,
    slug="education-count-differs",
    status=409,
    en="The count is not the one that was typed in",
    id="Jumlahnya tidak sama dengan yang diketik",
):
    """`count` is how many there are."""


class NumberTaken(
    Conflict,
    slug="education-number-taken",
    status=409,
    en="Another child has this number",
    id="Nomor ini sudah dimiliki anak lain",
):
    """`kind` is nisn or nik. If both entries are one child, the office joins them."""


class PupilsDiffer(
    Conflict,
    slug="education-pupils-differ",
    status=409,
    en="The two entries are not of one child, or one of them is wrong",
    id="Kedua data bukan milik satu anak, atau salah satunya keliru",
):
    """`fields` differ: correct the wrong entry first, or give up the duplicate's number."""


class TransferWrongState(
    Conflict,
    slug="education-transfer-wrong-state",
    status=409,
    en="The transfer's state does not allow this step",
    id="Status mutasi tidak memungkinkan langkah ini",
):
    """`state` is the present state, `allowed` the states from which the step is possible."""


class OfficeDecides(
    Conflict,
    slug="education-office-decides",
    status=409,
    en="The other school objects: the education office decides",
    id="Sekolah asal keberatan: dinas pendidikan yang memutuskan",
):
    """`transfers` names them."""


class AgreementWrongState(
    Conflict,
    slug="education-agreement-wrong-state",
    status=409,
    en="The agreement's state does not allow this step",
    id="Status perjanjian tidak memungkinkan langkah ini",
):
    """`state` is the present state, `allowed` the states from which the step is possible."""


class TooManyTries(
    Conflict,
    slug="education-too-many-tries",
    status=429,
    en="Too many tries today",
    id="Terlalu banyak percobaan hari ini",
):
    """Ask the school which numbers its list has; try again tomorrow."""


class PurposeNeeded(
    Conflict,
    slug="education-purpose-needed",
    status=422,
    en="Say what the children's data are needed for",
    id="Sebutkan untuk apa data anak diperlukan",
):
    """Send the header X-Purpose."""
