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
echo
echo "== Replay of the example year"
year=$(mktemp -d)
trap 'rm -rf "$year"' EXIT
(cd "$here/../.." && "$build/../../adapters/pintu" --store "sqlite:$year/pintu.db" run \
    --clock virtual --until 2026-12-31T23:59:00+08:00 --intake examples/laporan/kaltim-2026.jsonl \
    --office examples/kantor/kaltim-2026.yaml >"$year/log" 2>&1) || { cat "$year/log"; exit 1; }
"$build/replay_bench" "sqlite:$year/pintu.db"
echo
echo "== Plugins"
"$build/call_bench" "$build/libbench_plugin.so"
"$build/host_bench" "$build/../../adapters/pintu-host" "$build/libbench_plugin.so" \
    "$build/libbench_crash.so"
echo
echo "== Durable work on PostgreSQL"
"$here/durable/run.sh" "$build"
