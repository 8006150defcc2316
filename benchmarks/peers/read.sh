#!/bin/sh
# Reading notebooks: Python's nbformat (Debian: python3-nbformat) against TrackIT, which also digests all that it reads.
. "$(dirname -- "$0")/common.sh"
"$python" -c 'import nbformat' || { echo "nbformat is missing: apt install python3-nbformat" >&2; exit 2; }
cat >"$work/read.py" <<'P'
import sys, time
import nbformat
best = 1e9
for _ in range(3):
    start = time.process_time()
    nbformat.read(sys.argv[1], as_version=4)
    best = min(best, time.process_time() - start)
print("%.6f" % best)
P
for kind in small text large; do
  ours make "$work/$kind.ipynb" "$kind"
  : >"$work/peer"; : >"$work/ours"
  i=0
  while [ $i -lt "$rounds" ]; do
    "$python" "$work/read.py" "$work/$kind.ipynb" >>"$work/peer"
    ours read "$work/$kind.ipynb" >>"$work/ours"
    i=$((i + 1))
  done
  size=$(($(wc -c <"$work/$kind.ipynb") / 1000000))
  ratio "$(least <"$work/peer")" "$(least <"$work/ours")" "read $kind ($size MB)"
done
