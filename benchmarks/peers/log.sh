#!/bin/sh
# Questions to a log: jq over its JSON lines against trackit, for the executions that failed. Usage: log.sh FOLDER NOTEBOOK, of a folder with a log.
. "$(dirname -- "$0")/common.sh"
command -v jq >/dev/null || { echo "jq is missing: apt install jq" >&2; exit 2; }
folder=${1:?folder with a .trackit in it}
notebook=${2:?notebook in it}
trackit=${TRACKIT:-$here/../../trackit}
seconds() { bash -c 'TIMEFORMAT=%R; time "$@" >/dev/null' bash "$@" 2>&1 | tail -n 1; }
: >"$work/peer"; : >"$work/ours"
i=0
while [ $i -lt "$rounds" ]; do
  seconds sh -c 'jq -c "select(.type == \"execution\" and .data.status == \"error\")" "$1"/.trackit/logs/*/capture*.jsonl' sh "$folder" >>"$work/peer"
  (cd "$folder" && seconds "$trackit" log "$notebook" --status error --json) >>"$work/ours"
  i=$((i + 1))
done
ratio "$(least <"$work/peer")" "$(least <"$work/ours")" "failed executions"
