#!/bin/sh
# build.sh PART SOURCE TARGET: installs one part of the suite into an empty folder, ready to be started from there.
#
# PART is a service's name, `gateway`, `console`, or `kota` (the operator's commands). TARGET gets
#   app/    contracts, chassis and the part's own packages
#   lib/    the locked packages that it imports (hashes checked, nothing compiled from source)
#   start   runs it. `start migrate` brings a service's database to the newest schema, `start healthy` asks whether it
#           is ready, `start COMMAND …` runs any command in its place
# The Dockerfile calls this and nothing else; the tests call it too.
set -eu

[ $# = 3 ] || { echo "usage: build.sh PART SOURCE TARGET" >&2; exit 2; }
part=$1 source=$2 target=$3
lock=$source/deploy/image/locks/$part.lock
python=${PYTHON:-python3}

[ -f "$lock" ] || { echo "build.sh: there is no part '$part': $lock is missing" >&2; exit 2; }
[ ! -e "$target/app" ] || { echo "build.sh: $target is not empty" >&2; exit 2; }

case $part in
    gateway) packages=gateway main="-m gateway" healthy='-m chassis.ask "$GATEWAY_PORT"' ;;
    console) packages=console main="-m console" healthy='-m chassis.ask "$CONSOLE_PORT"' ;;
    kota) packages="kota services" main="-m kota" healthy="-m kota --help" ;;
    *) packages=services/$part main="-m chassis.run $part" healthy='-m chassis.ask "$HEALTH_PORT"' ;;
esac

mkdir -p "$target/app" "$target/lib"
for package in contracts chassis $packages; do
    mkdir -p "$target/app/$package"
    cp -R "$source/$package/." "$target/app/$package"
done
case $part in gateway | console) ;; *) cp "$source/services/__init__.py" "$target/app/services/" ;; esac
cp "$source/LICENSE" "$target/app/"
# What pages load that others have made, but for what only the tests need.
case $part in console) sh "$source/console/assets/fetch.sh" "$target/app/.assets" "$python" && rm -rf "$target/app/.assets/test" ;; esac
find "$target/app" -name __pycache__ -prune -exec rm -rf {} +

"$python" -m pip install --quiet --disable-pip-version-check --no-cache-dir --root-user-action=ignore \
    --require-hashes --no-deps --only-binary :all: --no-compile --target "$target/lib" -r "$lock"
rm -rf "$target/lib/bin"

# Compiled here, because the container's file system is read-only; never looked at again, because the sources are too.
"$python" -m compileall -q -j 0 --invalidation-mode unchecked-hash "$target/lib" "$target/app"

cat >"$target/start" <<END
#!/bin/sh
here=\$(dirname "\$0")
export PYTHONPATH="\$here/app:\$here/lib" PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
cd "\$here/app"
case \${1:-} in
    "") exec "\${PYTHON:-python3}" $main ;;
    migrate) exec "\${PYTHON:-python3}" -m chassis.migrate $part ;;
    healthy) exec "\${PYTHON:-python3}" $healthy ;;
    *) exec "\$@" ;;
esac
END
chmod 755 "$target/start"
