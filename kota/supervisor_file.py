"""The supervisor's configuration file. It holds secrets (each program's environment) and is private."""

from __future__ import annotations

import configparser
import io
import os
import re
import shlex
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path

from kota.errors import OperatorError
from kota.home import Home
from kota.private_files import write_private
from kota.programs import Program

# What the file's syntax has no way to write: it knows no escapes, and cuts comments even inside quotes.
UNWRITABLE = re.compile(r"""["\n]|\s[;#]|^'|'$""")
LOG_SIZE, LOG_COUNT = "10MB", "3"
# With the growing pause between tries this is about five minutes: longer than a broker's restart.
START_RETRIES = "25"


def write_supervisor_file(home: Home, programs: Sequence[Program]) -> Path:
    """Write the file that runs `programs`; nothing starts by itself, the order is ours."""
    parser = configparser.RawConfigParser()
    parser.read_dict(_supervisor_sections(home))
    for program in programs:
        parser[f"program:{program.name}"] = _program_section(home, program)
    grouped = sorted((p for p in programs if p.group), key=lambda p: p.group)
    for group, members in groupby(grouped, key=lambda p: p.group):
        listed = list(members)
        names = ",".join(program.name for program in listed)
        parser[f"group:{group}"] = {"programs": names, "priority": str(listed[0].priority)}
    text = io.StringIO()
    parser.write(text)
    write_private(home.supervisor_file, text.getvalue())
    return home.supervisor_file


def _supervisor_sections(home: Home) -> dict[str, dict[str, str]]:
    socket = home.supervisor_socket
    account = {"user": "root"} if os.geteuid() == 0 else {}
    return {
        "unix_http_server": {"file": _plain(str(socket)), "chmod": "0600"},
        "supervisord": {
            "logfile": _plain(str(home.logs / "supervisord.log")),
            "logfile_maxbytes": LOG_SIZE,
            "logfile_backups": LOG_COUNT,
            "pidfile": _plain(str(home.run / "supervisord.pid")),
            "childlogdir": _plain(str(home.logs)),
            "nodaemon": "true",
            **account,
        },
        "rpcinterface:supervisor": {
            "supervisor.rpcinterface_factory": "supervisor.rpcinterface:make_main_rpcinterface"
        },
    }


def _program_section(home: Home, program: Program) -> dict[str, str]:
    return {
        "command": _plain(shlex.join(program.command)),
        "directory": _plain(str(program.folder)),
        "environment": _environment(program.environment),
        "priority": str(program.priority),
        "autostart": "false",
        "autorestart": "true",
        "startsecs": "1",
        "startretries": START_RETRIES,
        "stopsignal": program.stop_signal,
        "stopwaitsecs": str(program.stop_limit),
        "killasgroup": "true",
        "redirect_stderr": "true",
        "stdout_logfile": _plain(str(home.logs / f"{program.name}.log")),
        "stdout_logfile_maxbytes": LOG_SIZE,
        "stdout_logfile_backups": LOG_COUNT,
        **({"user": program.account} if program.account else {}),
    }


def _environment(values: Mapping[str, str]) -> str:
    for name, value in values.items():
        if UNWRITABLE.search(value):
            problem = f"The value of {name} holds a double quote, a line break, ' ;', ' #', or a quote at an end."
            raise OperatorError(problem, "Write such characters percent-encoded in an address, or choose others.")
    return ",".join(f'{name}="{_plain(value)}"' for name, value in sorted(values.items()))


def _plain(value: str) -> str:
    # The supervisor expands %(...)s in every value.
    return value.replace("%", "%%")
