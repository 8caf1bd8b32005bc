#!/usr/bin/env bash
# All benchmarks in one run: ratios to the peers and to the physical limit.
#   run.sh BUILD_FOLDER [arguments of peers/run.sh]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=$(cd "$1" && pwd)/tests/bench
shift
echo "== Rules against the peers"
"$here/peers/run.sh" "$build" "$@"
echo
echo "== The store against bare inserts"
"$build/store_bench" "${TMPDIR:-/tmp}"
