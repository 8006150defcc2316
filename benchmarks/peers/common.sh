# Shared by the comparisons: where our side is, a temporary folder, and how a ratio is printed. To be sourced.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd -P)
jar=${BENCHMARKS_JAR:-$here/../target/benchmarks.jar}
[ -f "$jar" ] || { echo "First: mvn -Pquick -pl benchmarks -am package" >&2; exit 2; }
python=${PYTHON:-/usr/bin/python3}
rounds=${ROUNDS:-3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
ours() { java -Xmx1g -XX:+UseSerialGC -jar "$jar" peer "$@"; }
least() { sort -g | head -n 1; }
ratio() { awk -v peer="$1" -v ours="$2" -v what="$3" 'BEGIN { printf "%-44s peer %9.4f s   TrackIT %9.4f s   %6.1f times as fast\n", what, peer, ours, peer / ours }'; }
