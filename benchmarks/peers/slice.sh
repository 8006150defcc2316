#!/bin/sh
# Slicing: npm's @msrvida/python-program-analysis against TrackIT, at growing histories of the same cells. Needs node and npm.
. "$(dirname -- "$0")/common.sh"
command -v npm >/dev/null || { echo "npm is missing: apt install npm" >&2; exit 2; }
(cd "$work" && npm i --silent --no-audit --no-fund @msrvida/python-program-analysis@0.4.1)
cat >"$work/slice.js" <<'J'
const { DataflowAnalyzer, ExecutionLogSlicer } = require("@msrvida/python-program-analysis");
const cells = require(process.argv[2]);
const slicer = new ExecutionLogSlicer(new DataflowAnalyzer());
const cell = (text, i) => ({ text, executionCount: i + 1, executionEventId: "e" + i, persistentId: "c" + i, hasError: false, deepCopy() { return this; } });
cells.forEach((text, i) => slicer.logExecution(cell(text, i)));
slicer.logExecution(cell("df3", cells.length));
let best = 1e9;
for (let i = 0; i < 3; i++) {
  const start = process.cpuUsage();
  slicer.sliceLatestExecution("c" + cells.length);
  const took = process.cpuUsage(start);
  best = Math.min(best, (took.user + took.system) / 1e6);
}
console.log(best.toFixed(6));
J
for count in 50 200 1000; do
  ours cells "$count" "$work/cells.json"
  : >"$work/peer"; : >"$work/ours"
  i=0
  while [ $i -lt "$rounds" ]; do
    (cd "$work" && node slice.js "$work/cells.json" | tail -n 1) >>"$work/peer"
    ours slice "$count" >>"$work/ours"
    i=$((i + 1))
  done
  ratio "$(least <"$work/peer")" "$(least <"$work/ours")" "slice at $count executions"
done
