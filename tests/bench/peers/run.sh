#!/usr/bin/env bash
# Pintu beside the peers' hand-written C++ on their rules workload: decisions a CPU second, always
# measured one right after the other, and checked against the reference on every fact.
#
#   run.sh BIN [--n 100,1000,10000] [--reps 5] [--seconds 2] [--minimum]
#
# BIN is the folder with pintu-peer-rules. PEERS_HOME names the peers' folder; without it nothing is
# measured. --minimum fails where a ratio is below what we hold ourselves to.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
bin=$(cd "$1" && pwd)
shift
if [ -z "${PEERS_HOME:-}" ] || [ ! -d "${PEERS_HOME:-}" ]; then
    echo "rules against the peers: skipped (PEERS_HOME does not name the peers' folder)"
    exit 0
fi
work="${PEERS_DIR:-${TMPDIR:-/tmp}/peers}/work"
mkdir -p "$work"
[ -f "$work/rules_10000.json" ] || python3 "$PEERS_HOME/rules/gen.py" --out "$work"
[ -f "$work/pintu/10000/answers.tsv" ] ||
    python3 "$here/translate_pintu.py" "$work" "$work/pintu" 10,100,1000,10000
g++ -O2 -std=c++20 -o "$work/cpp-limit" "$PEERS_HOME/rules/limit.cpp"
exec python3 "$here/measure.py" "$work" "$bin" "$@"
