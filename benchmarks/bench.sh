#!/bin/sh
# Measures TrackIT. Builds benchmarks.jar when it is missing, and runs it.
#
#   bench.sh                     a real kernel with and without the agent (the same as: bench.sh process); --quick takes three minutes
#   bench.sh targets             the core's figures against their targets, in a minute, also on a busy machine
#   bench.sh idle                what the agent costs while five kernels are idle
#   bench.sh crowd               whether nothing is missed when 50 kernels run at once
#   bench.sh scale               growth of cost: logs up to 1 GB, 10,000 notebooks
#   bench.sh jmh [ARGUMENTS]     JMH with its own arguments, for example: bench.sh jmh RecordBenchmark -prof gc
#
# Needs Python with ipykernel, jupyter_client and pandas (Debian: apt install python3-ipykernel python3-pandas) for process, idle and crowd.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd -P)
jar=$here/target/benchmarks.jar
if [ ! -f "$jar" ]; then
  echo "bench: building benchmarks.jar once" >&2
  (cd "$here/.." && mvn -B -q -Pquick -pl benchmarks -am package)
fi
what=${1:-process}
[ $# -gt 0 ] && shift
cd "$here/.."
case $what in
  jmh) exec java -jar "$jar" "$@" ;;
  process | idle | crowd | scale | targets) exec java -Xmx1g -XX:+UseSerialGC -jar "$jar" "$what" "$@" ;;
  *) sed -n '2,/^set/s/^# \{0,1\}//p' "$0" | sed '$d'; exit 2 ;;
esac
