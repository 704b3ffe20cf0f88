#!/bin/sh
# fetch.sh TARGET: puts kustomize, prometheus and promtool into TARGET/bin, without root and without installing a package.
#
# Debian 12 has no kustomize, and its kubectl (1.20) knows no `components`; so all are taken from Debian 13, through the
# mirror that this machine uses for its own packages, with the keys that it trusts already. Where all three are on the
# PATH, nothing is fetched.
set -eu

target=$1
release=trixie
programs="kustomize prometheus promtool"
mkdir -p "$target/bin"

missing=
for program in $programs; do command -v "$program" >/dev/null 2>&1 || missing="$missing $program"; done
[ -n "$missing" ] || exit 0
command -v apt-get >/dev/null 2>&1 || { echo "Install$missing: this machine has no apt to take them from." >&2; exit 1; }

mirror=$( { grep -hsE '^URIs:' /etc/apt/sources.list.d/debian*.sources | awk '{print $2}'
            grep -hsE '^deb ' /etc/apt/sources.list | grep -oE '(https?|file|mirror\+file)://?[^ ]+'; true; } | head -n 1)
[ -n "$mirror" ] || { echo "No Debian mirror in /etc/apt; install$missing yourself." >&2; exit 1; }

here=$(cd "$target" && pwd)/apt
mkdir -p "$here/lists/partial" "$here/cache/archives/partial" "$here/packages"
printf 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s %s main\n' "$mirror" "$release" >"$here/sources.list"
apt() {
    apt-get -qq -o Dir::Etc::SourceList="$here/sources.list" -o Dir::Etc::SourceParts=/nonexistent \
        -o Dir::State::Lists="$here/lists" -o Dir::Cache="$here/cache" -o Dir::State::Status=/dev/null \
        -o APT::Sandbox::User="$(id -un)" -o Acquire::Languages=none "$@"
}
apt update
(cd "$here/packages" && apt download kustomize prometheus promtool)
for package in "$here"/packages/*.deb; do dpkg -x "$package" "$here/root"; done
for program in $programs; do cp "$here/root/usr/bin/$program" "$target/bin/"; done
rm -rf "$here"
