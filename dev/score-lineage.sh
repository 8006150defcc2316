#!/usr/bin/env bash
# Scores analyzer, graph and slicer with a corpus of notebooks whose lineage is known.
#   dev/score-lineage.sh CORPUS [file|exec|messy] [slice [score.py options …]]
# Without "slice" only the questions by name are scored (seconds); slices are run one by one (minutes).
set -euo pipefail
cd "$(dirname "$0")/.."
corpus=$1; order=${2:-file}; what=${3:-names}
out=examples/runner/target/corpus; mkdir -p "$out"
mvn -o -B -q -Pquick test-compile -pl examples/runner -am
classpath=$out/classpath.txt
[ -s "$classpath" ] || mvn -o -B -q -Pquick test-compile dependency:build-classpath -Dmdep.outputFile="$PWD/$classpath" -Dmdep.includeScope=test -pl examples/runner -am
java -Xmx1g -cp "examples/runner/target/test-classes:examples/runner/target/classes:$(cat "$classpath")" \
  dev.trackit.runner.lineage.CorpusHarness "$corpus" "$order" "$out"
python=/usr/bin/python3; [ -x $python ] || python=python3
if [ "$what" = slice ]; then
  "$python" "$corpus/score/score.py" slice "$corpus" "$out/slices-$order.json" --workers 1 --per-variable "$out/per-variable.json" "${@:4}"
else
  for question in defuse deps frames; do
    "$python" "$corpus/score/score.py" $question "$corpus" "$out/lineage-$order.json" --order "$order"
  done
fi
