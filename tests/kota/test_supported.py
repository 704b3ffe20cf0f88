"""What is supported is said once, and anything else is refused in one clear line."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
import tomllib
from pathlib import Path

import pytest

from chassis.pulse import Pulse, Unsupported
from chassis.supported import PYTHON, RABBITMQ, python_refusal, rabbitmq_refusal, refusal
from kota.engines import RabbitmqNode
from kota.engines.given_broker import declare_over_amqp
from kota.engines.rabbitmq_programs import find_programs, version_of
from kota.errors import OperatorError
from tests.support.broker import Vhost
from tests.support.processes import ROOT


@pytest.mark.parametrize("version", ["3.10.0", "3.10.8", "3.13.7", "4.0.5", "4.0.5-rc.1"])
def test_what_lies_between_is_taken(version: str) -> None:
    assert rabbitmq_refusal(version) == ""


@pytest.mark.parametrize("version", ["3.9.29", "4.1.0", "5.0.0", "None"])
def test_anything_else_is_refused_in_a_line(version: str) -> None:
    assert rabbitmq_refusal(version) == f"RabbitMQ {version} is not supported: use 3.10 to 4.0"


@pytest.mark.parametrize("version", ["3.10.9", "3.14.0"])
def test_another_python_is_refused(monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    monkeypatch.setattr(sys, "version_info", tuple(map(int, version.split("."))))
    assert python_refusal() == f"Python {version} is not supported: use 3.11 to 3.13"


def test_this_machine_is_supported() -> None:
    assert refusal("RabbitMQ", version_of(find_programs()), RABBITMQ) == python_refusal() == ""


def test_makefile_project_and_readme_say_the_same() -> None:
    oldest, newest = PYTHON
    project = tomllib.loads(Path(ROOT, "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == f">={oldest},<3.{int(newest.split('.')[1]) + 1}"
    assert f"use {oldest} to {newest}" in Path(ROOT, "Makefile").read_text(encoding="utf-8")
    readme = Path(ROOT, "README.md").read_text(encoding="utf-8")
    assert f"Python {oldest} to {newest}" in readme and f"RabbitMQ {RABBITMQ[0]} to {RABBITMQ[1]}" in readme


def test_make_refuses_another_python() -> None:
    makefile = Path(ROOT, "Makefile").read_text(encoding="utf-8")
    [check] = re.findall(r"\$\(PYTHON\) -c '(.+)'", makefile)
    for version, code in (((3, 10), 1), ((3, 11), 0), ((3, 13), 0), ((3, 14), 1)):
        told = check.replace("import sys;", f"import sys; sys.version_info = {version};")
        done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, timeout=30, check=False)
        expected = f"Python {version[0]}.{version[1]} is not supported: use 3.11 to 3.13" if code else ""
        assert (done.returncode, done.stderr.partition(",")[0].strip()) == (code, expected)


def test_a_broker_of_another_version_is_refused(
    broker: RabbitmqNode, vhost: Vhost, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`kota up` ends; a service is not ready and says why."""
    monkeypatch.setattr("chassis.supported.RABBITMQ", ("9.0", "9.9"))
    with pytest.raises(OperatorError, match=r"RabbitMQ .+ is not supported: use 9\.0 to 9\.9"):
        declare_over_amqp(vhost.uri("admin"))
    pulse = Pulse(vhost.uri("hearse"), "hearse")
    with pytest.raises(Unsupported):
        pulse.beat(threading.Event())
    assert re.fullmatch(r"RabbitMQ \S+ is not supported: use 9\.0 to 9\.9", pulse.reason)
