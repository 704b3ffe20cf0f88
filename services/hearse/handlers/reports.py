"""The report of a period, as a table to be opened in a spreadsheet."""

from __future__ import annotations

import csv
import io

from chassis.work import Work
from contracts.files import Csv
from contracts.hearse.requests.day import GetReport
from contracts.identity import region_name
from contracts.problems import wrong_field

from .. import store
from .day import day_of

COLUMNS = (
    *("kecamatan_code", "kecamatan", "destination_kind", "asked", "served", "rejected", "cancelled", "expired"),
    *("no_vehicle", "rejection_reasons", "waiting_p50_minutes", "waiting_p90_minutes", "kilometres"),
)
LONGEST_DAYS = 1100


def get_report(work: Work, query: GetReport) -> Csv:
    """By kecamatan of the pick-up and kind of destination."""
    days = (query.ends_on - query.begins_on).days
    if days < 0:
        raise wrong_field("ends_on", "before_begin", "it ends before it begins", "send a later ends_on")
    if days > LONGEST_DAYS:
        raise wrong_field("ends_on", "too_long", "the period is too long", "ask for three years at most")
    ends_at = day_of(query.ends_on).ends_at
    assert ends_at is not None, "a day ends"
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow(COLUMNS)
    for row in store.report.rows(work, day_of(query.begins_on).begins_at, ends_at):
        code, *others = row.values()
        writer.writerow([code, region_name(code) if code else "", *("" if one is None else one for one in others)])
    return Csv(file_name=f"mobil-jenazah-{query.begins_on}-{query.ends_on}.csv", content=target.getvalue().encode())
