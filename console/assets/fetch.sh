#!/bin/sh
# fetch.sh TARGET [PYTHON]: puts what browsers load that others have made (look, htmx, map, font, icons) into TARGET.
#
# package-lock.json pins versions and hashes; npm comes with Node from a wheel, itself pinned by hash, so that Python is all
# that a machine needs. No install script of any package runs.
set -eu

target=$1
python=${2:-python3}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM

"$python" -m venv "$work/node"
"$work/node/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$here/node.lock"
cp "$here/package.json" "$here/package-lock.json" "$work/"
(cd "$work" && PATH="$work/node/bin:$PATH" npm ci --ignore-scripts --no-audit --no-fund --silent)

mkdir -p "$target"
modules=$(cd "$work/node_modules" && pwd)
rm -rf "$target/vendor" "$target/icons" "$target/test"
mkdir -p "$target/vendor/images" "$target/icons" "$target/test"
cp "$modules/bootstrap/dist/css/bootstrap.min.css" "$target/vendor/"
cp "$modules/htmx.org/dist/htmx.min.js" "$target/vendor/"
cp "$modules/leaflet/dist/leaflet.js" "$modules/leaflet/dist/leaflet.css" "$target/vendor/"
cp "$modules"/leaflet/dist/images/* "$target/vendor/images/"
cp "$modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2" "$target/vendor/inter.woff2"
cp "$modules/bootstrap-icons/icons/"*.svg "$target/icons/"
cp "$modules/axe-core/axe.min.js" "$target/test/"
# The maps of minified files are not copied: a browser would ask for them in vain.
sed -i -e 's,/[/*]# sourceMappingURL=.*,,' "$target"/vendor/*.js "$target"/vendor/*.css
