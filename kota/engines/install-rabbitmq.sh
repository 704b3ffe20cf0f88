#!/bin/sh
# Installs rabbitmq-server with apt, as root, without letting the package start a node of its own:
# the suite runs a private one. A policy that is there already (as in container images) is left alone.
set -eu

policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
    trap 'rm -f "$policy"' EXIT INT TERM
fi

export DEBIAN_FRONTEND=noninteractive
apt-get install -y --no-install-recommends rabbitmq-server || {
    apt-get update
    apt-get install -y --no-install-recommends rabbitmq-server
}
