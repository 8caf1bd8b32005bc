#!/usr/bin/env bash
# Plays a year of the province (synthetic reports, an office's behaviour) into var/pintu.db, the default store.
# usage: run-year.sh PINTU [options of `pintu run`]
set -euo pipefail
pintu=$1
shift
cd "$(dirname "${BASH_SOURCE[0]}")/.."
store=sqlite:var/pintu.db
mkdir -p var
rm -f var/pintu.db var/pintu.db-wal var/pintu.db-shm var/pintu.db.outbox.jsonl
"$pintu" check
exec "$pintu" --store "$store" run --clock virtual --until 2026-12-31T23:59:00+08:00 \
    --intake examples/laporan/kaltim-2026.jsonl --office examples/kantor/kaltim-2026.yaml "$@"
