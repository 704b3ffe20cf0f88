#!/bin/sh
# Installs Debian's Chromium with apt, as root, for the tests of the console. Where a chromium is there, nothing is done.
set -eu

command -v chromium >/dev/null 2>&1 && exit 0
command -v apt-get >/dev/null 2>&1 || { echo "Install chromium: this machine has no apt to take it from." >&2; exit 1; }
export DEBIAN_FRONTEND=noninteractive
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
as_root apt-get install -y -qq --no-install-recommends chromium || {
    as_root apt-get update -qq
    as_root apt-get install -y -qq --no-install-recommends chromium
}
