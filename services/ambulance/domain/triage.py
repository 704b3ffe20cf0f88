"""Triage by phone: a question protocol that is data, versioned, and a small engine that evaluates it.

The colour is always provisional; the crew confirms on scene. The rules are tried in order, the first whose
conditions are all answered so decides. When none does, too little is known: `otherwise` (kuning), never
hijau. Protocols are JSON files in protocols/; a change of the questions or rules is a new file, so that old
incidents stay explainable. v1 follows the order airway, breathing, circulation, disability; no physician has
approved it yet (`approved`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from contracts.ambulance.values import Triage
from contracts.problems import FieldError, InvalidRequest, wrong_field

CURRENT = "v1"
FOLDER = Path(__file__).parent / "protocols"


@dataclass(frozen=True, slots=True)
class Question:
    """A question with a yes or no answer, in both languages."""

    name: str
    id: str
    en: str


@dataclass(frozen=True, slots=True)
class Rule:
    """If all of `when` was answered so, the colour is `triage`."""

    name: str
    when: Mapping[str, bool]
    triage: Triage

    def fits(self, answers: Mapping[str, bool]) -> bool:
        """True if every condition was answered, and so."""
        return all(answers.get(name) is wanted for name, wanted in self.when.items())


@dataclass(frozen=True, slots=True)
class Assessment:
    """The provisional colour, the rule that gave it, and the protocol's version."""

    triage: Triage
    rule: str
    protocol_version: str
    provisional: bool = True


@dataclass(frozen=True, slots=True)
class Protocol:
    """`approved_by` names the physician who takes responsibility; without one production must not start."""

    version: str
    questions: tuple[Question, ...]
    rules: tuple[Rule, ...]
    otherwise: Triage
    approved_by: str | None = None
    approved_on: str | None = None

    @property
    def approved(self) -> bool:
        """True if a named physician has approved it."""
        return bool(self.approved_by and self.approved_on)

    def assess(self, answers: Mapping[str, bool]) -> Assessment:
        """The colour for the answers given so far. Raises InvalidRequest for none, or for a question it does
        not ask."""
        if not answers:
            raise wrong_field(
                "answers",
                "missing",
                "no question was answered",
                "send at least one answer, or a triage colour",
            )
        self._refuse_unknown(answers)
        for rule in self.rules:
            if rule.fits(answers):
                return Assessment(rule.triage, rule.name, self.version)
        return Assessment(self.otherwise, "otherwise", self.version)

    def _refuse_unknown(self, answers: Mapping[str, bool]) -> None:
        known = [question.name for question in self.questions]
        fix = f"protocol {self.version} asks: {', '.join(known)}"
        errors = tuple(
            FieldError(
                pointer=f"/answers/{_escaped(name)}",
                code="unknown_question",
                detail="the protocol has no such question",
                fix=fix,
            )
            for name in answers
            if name not in known
        )
        if errors:
            raise InvalidRequest(errors=errors)


@lru_cache
def load(version: str = CURRENT) -> Protocol:
    """The protocol of a version. Raises LookupError for an unknown one, ValueError for a file that
    contradicts itself."""
    file = FOLDER / f"{version}.json"
    if version not in versions():
        raise LookupError(f"no triage protocol {version!r}; there are: {', '.join(versions())}")
    return parse(json.loads(file.read_text(encoding="utf-8")))


def versions() -> tuple[str, ...]:
    """The protocols that are there."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.json")))


def parse(data: Mapping[str, Any]) -> Protocol:
    """A protocol from its JSON. Raises ValueError naming what contradicts."""
    questions = tuple(Question(**question) for question in data["questions"])
    rules = tuple(Rule(rule["name"], rule["when"], Triage(rule["triage"])) for rule in data["rules"])
    protocol = Protocol(
        data["version"],
        questions,
        rules,
        Triage(data["otherwise"]),
        data.get("approved_by"),
        data.get("approved_on"),
    )
    _check(protocol)
    return protocol


def _check(protocol: Protocol) -> None:
    names = [question.name for question in protocol.questions]
    if len(set(names)) != len(names):
        raise ValueError(f"protocol {protocol.version}: a question is asked twice")
    for rule in protocol.rules:
        unknown = sorted(set(rule.when) - set(names))
        if unknown or not rule.when:
            raise ValueError(
                f"protocol {protocol.version}: rule {rule.name} has no condition, or unknown ones {unknown}"
            )
    if protocol.otherwise in (Triage.HIJAU, Triage.HITAM):
        raise ValueError(f"protocol {protocol.version}: too little knowledge is never {protocol.otherwise}")


def _escaped(name: str) -> str:
    return name[:40].replace("~", "~0").replace("/", "~1")
