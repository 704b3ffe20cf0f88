"""Patients of incidents, with the report of a death beside its confirmation. No names: the person may stay unknown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Column, ForeignKey, Integer, Table, Text, UniqueConstraint, Uuid, select

from chassis.encrypted import decrypt, encrypt
from chassis.question import Question, array_of, is_one_of
from chassis.work import Work
from contracts.ambulance.values import Outcome, Triage

from ..domain.patient import DeathReport, NextOfKin, Patient
from .columns import Row, metadata, moment
from .hand_over import from_hand_over, to_hand_over

KIN_NAME, KIN_PHONE = "patient.next_of_kin_name", "patient.next_of_kin_phone"

patient = Table(
    "patient",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("incident_id", Uuid, ForeignKey("incident.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("outcome", Text),
    Column("facility_id", Text),
    Column("death_reported_by", Text),
    moment("died_at"),
    Column("pronounced_by", Text),
    Column("death_facility_id", Text),
    Column("next_of_kin_known", Boolean),
    Column("police_hold", Boolean),
    Column("death_confirmed_by", Text),
    moment("death_confirmed_at"),
    Column("nik", Text, comment="encrypted; of a reported or confirmed death"),
    Column("person_key", Text),
    Column("next_of_kin_name", Text, comment="encrypted"),
    Column("next_of_kin_phone", Text, comment="encrypted"),
    Column("next_of_kin_citizen", Text, comment="the super app's opaque id"),
    Column("confirmations", Integer, nullable=False),
    Column("triage", Text),
    Column("assignment_id", Uuid, ForeignKey("assignment.id")),
    Column("handed_over_to", Text, comment="encrypted"),
    moment("handed_over_at"),
    UniqueConstraint("incident_id", "number"),
)

_OF_INCIDENTS = Question(select(patient).where(is_one_of(patient.c.incident_id, "ids")).order_by(patient.c.number))


def add(work: Work, incident_id: UUID, new: Patient) -> None:
    """Store a new patient."""
    work.insert(patient, id=new.id, incident_id=incident_id, number=new.number, **_values(work, new))


def save(work: Work, changed: Patient) -> None:
    """Store what changed; the lock on the incident covers its patients."""
    work.update(patient, {"id": changed.id}, **_values(work, changed))


def of_incidents(work: Work, incident_ids: Sequence[UUID]) -> dict[UUID, list[Patient]]:
    """The patients of each incident, by number."""
    found: dict[UUID, list[Patient]] = defaultdict(list)
    if incident_ids:
        for row in work.ask(_OF_INCIDENTS, ids=array_of(incident_ids)):
            found[row["incident_id"]].append(_entity(work, row))
    return found


def _values(work: Work, of: Patient) -> dict[str, Any]:
    death = of.death
    nik = death.nik if death else None
    kin = (death and death.next_of_kin) or NextOfKin()
    return {
        "outcome": of.outcome,
        "facility_id": of.facility_id,
        "death_reported_by": death and death.reported_by,
        "died_at": death and death.died_at,
        "pronounced_by": death and death.pronounced_by,
        "death_facility_id": death and death.facility_id,
        "next_of_kin_known": death and death.next_of_kin_known,
        "police_hold": death and death.police_hold,
        "death_confirmed_by": of.death_confirmed_by,
        "death_confirmed_at": of.death_confirmed_at,
        "nik": encrypt(work, nik, "patient.nik", of.id),
        "person_key": work.person_keys.person_key(nik) if nik else None,
        "next_of_kin_name": encrypt(work, kin.name, KIN_NAME, of.id),
        "next_of_kin_phone": encrypt(work, kin.phone, KIN_PHONE, of.id),
        "next_of_kin_citizen": kin.citizen,
        "confirmations": of.confirmations,
        "triage": of.triage,
        "assignment_id": of.assignment_id,
        **from_hand_over(work, of.hand_over, "patient", of.id),
    }


def _entity(work: Work, row: Row) -> Patient:
    return Patient(
        id=row["id"],
        number=row["number"],
        outcome=Outcome(row["outcome"]) if row["outcome"] else None,
        facility_id=row["facility_id"],
        death=_death(work, row) if row["death_reported_by"] is not None else None,
        death_confirmed_by=row["death_confirmed_by"],
        death_confirmed_at=row["death_confirmed_at"],
        confirmations=row["confirmations"],
        triage=Triage(row["triage"]) if row["triage"] else None,
        assignment_id=row["assignment_id"],
        hand_over=to_hand_over(work, row, "patient"),
    )


def _death(work: Work, row: Row) -> DeathReport:
    return DeathReport(
        reported_by=row["death_reported_by"],
        died_at=row["died_at"],
        pronounced_by=row["pronounced_by"],
        facility_id=row["death_facility_id"],
        next_of_kin_known=row["next_of_kin_known"],
        police_hold=row["police_hold"],
        nik=decrypt(work, row["nik"], "patient.nik", row["id"]),
        next_of_kin=_next_of_kin(work, row),
    )


def _next_of_kin(work: Work, row: Row) -> NextOfKin | None:
    name = decrypt(work, row["next_of_kin_name"], KIN_NAME, row["id"])
    phone = decrypt(work, row["next_of_kin_phone"], KIN_PHONE, row["id"])
    known = NextOfKin(name, phone, row["next_of_kin_citizen"])
    return None if known == NextOfKin() else known
