#!/bin/sh
# eventlet 0.41.3: Popen.communicate(timeout=...) of eventlet.green.subprocess raises a TimeoutExpired that is neither
# the standard library's nor the one that eventlet.green.subprocess itself exports.
#
# The module is made from a private second copy of subprocess; communicate() runs that copy's code and raises that
# copy's class. wait(timeout=...) raises the usual one. All three print as subprocess.TimeoutExpired. So
#
#     try: process.communicate(data, timeout=1)
#     except subprocess.TimeoutExpired: process.kill()
#
# never kills, whichever subprocess is meant; inside of `with Popen(...)` the block then waits for the child's own end.
# What we do instead: chassis/children.py lets eventlet's own Timeout end the wait.
#
# Output seen with Python 3.11 and 3.13:
#   communicate: TimeoutExpired; the standard library's: False, that of the green module: False
#   run: TimeoutExpired; the standard library's: False, that of the green module: False
#   wait: TimeoutExpired; the standard library's: True, that of the green module: True
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check eventlet==0.41.3
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import subprocess

from eventlet.green import subprocess as green

def told(what, call):
    try:
        call()
    except Exception as error:
        found = (isinstance(error, subprocess.TimeoutExpired), isinstance(error, green.TimeoutExpired))
        print(f"{what}: {type(error).__name__}; the standard library's: {found[0]}, that of the green module: {found[1]}")
        return (type(error).__name__, *found)

processes = [green.Popen(["sleep", "5"], stdin=green.PIPE, stdout=green.PIPE) for _ in range(2)]
seen = [
    told("communicate", lambda: processes[0].communicate(b"", timeout=0.3)),
    told("run", lambda: green.run(["sleep", "1"], timeout=0.3)),
    told("wait", lambda: processes[1].wait(timeout=0.3)),
]
for process in processes:
    process.kill()
assert seen == [("TimeoutExpired", False, False), ("TimeoutExpired", False, False), ("TimeoutExpired", True, True)], "it has changed"
PYTHON
