"""The recipe: a pinned base, the script and nothing else, a user that is not root; and what it is built from."""

from __future__ import annotations

import fnmatch
import re

from kota.parts import all_parts
from tests.support.processes import ROOT

LINES = [
    line for line in (ROOT / "Dockerfile").read_text().replace("\\\n", " ").splitlines() if line[:1] not in ("#", "")
]


def instruction(name: str) -> list[str]:
    return [line.partition(" ")[2] for line in LINES if line.startswith(f"{name} ")]


def test_both_stages_begin_with_the_base_that_is_pinned_by_digest() -> None:
    (base,) = [each for each in instruction("ARG") if each.startswith("PYTHON_IMAGE=")]
    assert re.fullmatch(r"PYTHON_IMAGE=docker\.io/library/python:3\.13-slim-trixie@sha256:[0-9a-f]{64}", base)
    assert [each.split()[0] for each in instruction("FROM")] == ["${PYTHON_IMAGE}"] * 2


def test_the_tree_is_made_by_the_script_that_is_tested() -> None:
    assert instruction("RUN")[0] == 'sh /source/deploy/image/build.sh "${SERVICE}" /source /srv/kota'
    copied = [each for each in instruction("COPY") if "--from" in each]
    assert [each.split()[1] for each in copied] == ["/srv/kota/lib", "/srv/kota/start", "/srv/kota/app"]


def test_it_ends_as_somebody_who_is_not_root() -> None:
    assert instruction("USER") == ["10001:10001"]
    assert instruction("ENTRYPOINT") == ['["/srv/kota/start"]'] and "healthy" in instruction("HEALTHCHECK")[0]


def test_only_what_is_needed_is_sent_to_the_builder() -> None:
    rules = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line and not line.startswith("#")]
    assert rules[0] == "*"
    kept = {rule.removeprefix("!") for rule in rules if rule.startswith("!")}
    assert kept == {
        "LICENSE",
        "contracts",
        "chassis",
        "services",
        "gateway",
        "console",
        "kota",
        "deploy",
        "deploy/image",
    }
    for secret in (".local/secrets/AMQP_URI_HEARSE", ".env", "tests/conftest.py"):
        assert not any(fnmatch.fnmatch(secret, rule) or secret.startswith(f"{rule}/") for rule in kept)


def test_every_part_has_its_lock() -> None:
    locks = {path.stem for path in (ROOT / "deploy" / "image" / "locks").glob("*.lock")}
    assert locks == set(all_parts())
