#!/usr/bin/env bash
# Durable work on PostgreSQL beside the peers' hand-written C++, in one run on one cluster.
#
#   run.sh BIN [--seconds 4] [--reps 3] [--only flow,nodes,queue,intake,poll,storm,closed,peers]
#              [--minimum: fail where a ratio is below what we hold ourselves to]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
bin=$(cd "$1" && pwd)
shift
. "$here/cluster.sh"
python3 "$here/measure.py" "$bin" "$@"
