#!/usr/bin/env bash
# Long runs, outside CI; `./dev bench` has the short form of each.
#   run.sh BUILD_FOLDER [--only poll,storm,closed]
# Five million pending timers, a million due at once, a million closed cases: about half an hour and
# 10 GB below PEERS_DIR.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=$(cd "$1" && pwd)/tests/bench
shift
only=poll,storm,closed
[ "${1:-}" != --only ] || only=$2
exec "$here/../bench/durable/run.sh" "$build" --only "$only" --many 5000000 --due 1000000 \
    --closed 1000000
