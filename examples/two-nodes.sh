#!/usr/bin/env bash
# Two nodes over one PostgreSQL; one is killed in the middle of the work, and nothing is lost. Makes
# a PostgreSQL of its own in a temporary folder and removes it in the end; touches no other.
# usage: two-nodes.sh PINTU [REPORTS]
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin
[ -x "${1:-}" ] || { sed -n 's/^# usage: /usage: /p' "$0" >&2 && exit 64; }
pintu=$(realpath "$1")
here=$(realpath "$(dirname "${BASH_SOURCE[0]}")/..")
bin=$(find /usr/lib/postgresql/*/bin -name initdb -printf '%h\n' 2>/dev/null | sort -V | tail -1) || true
[ -n "$bin" ] || { echo "PostgreSQL's server is not here: apt-get install postgresql-15" >&2 && exit 69; }
folder=$(mktemp -d)
chmod 755 "$folder"
reports=${2:-300}

# PostgreSQL does not run as root.
as_server() {
    if [ "$(id -u)" -eq 0 ]; then (cd "$folder/pg" && runuser -u postgres -- "$@"); else "$@"; fi
}
end() {
    kill "${nodes[@]}" 2>/dev/null || true
    as_server "$bin/pg_ctl" -D "$folder/pg/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$folder"
}
nodes=()
trap end EXIT

echo "== a PostgreSQL for trying, in $folder"
unset "${!PG@}"
mkdir "$folder/pg"
[ "$(id -u)" -ne 0 ] || chown postgres "$folder/pg"
as_server "$bin/initdb" -D "$folder/pg/data" -U pintu -A trust -E UTF8 --no-locale >/dev/null
as_server "$bin/pg_ctl" -D "$folder/pg/data" -w -l "$folder/pg/log" start \
    -o "-c listen_addresses='' -c unix_socket_directories='$folder/pg'" >/dev/null
as_server "$bin/createdb" -h "$folder/pg" -U pintu pintu

mkdir "$folder/definisi"
cp -r "$here/rules" "$here/workflows" "$folder/definisi"
cd "$folder/definisi"
printf 'store: "postgresql://pintu@/pintu?host=%s/pg"\n' "$folder" >pintu.yaml
head -n "$reports" "$here/examples/laporan/kaltim-2026.jsonl" |
    sed -E 's/"received_at":"[^"]*",//' >"$folder/laporan.jsonl"

# What a column of `db status` says.
waiting() { "$pintu" -o csv db status | tr -d '\r' | sed -n "s/^$1,//p"; }

echo "== two nodes"
"$pintu" db migrate
for name in satu dua; do
    "$pintu" run --node "$name" --lease-ms 2000 2>"$folder/$name.log" &
    nodes+=($!)
    disown  # bash would tell of the one that is killed
    until grep -qs Ctrl-C "$folder/$name.log"; do sleep 0.1; done
done

echo "== $reports reports; node satu is killed while they are being handled"
touch "$folder/jawaban.csv"
"$pintu" -o csv intake "$folder/laporan.jsonl" >>"$folder/jawaban.csv" 2>/dev/null &
taking=$!
until [ "$(wc -l <"$folder/jawaban.csv")" -gt 1 ]; do sleep 0.05; done
kill -KILL "${nodes[0]}"
wait "$taking" || true

echo "== node dua takes over its turns when they run out"
for _ in $(seq 600); do
    left=$(($(waiting effects) + $(waiting commands) + $(waiting unsequenced)))
    [ "$left" -eq 0 ] && break
    sleep 0.1
done

outbox=var/pintu.outbox.jsonl
answered=$(grep -c ',accepted,' "$folder/jawaban.csv")
cases=$(waiting cases)
lines=$(wc -l <"$outbox")
once=$(sed -E 's/^\{"key":"([^"]*)".*/\1/' "$outbox" | sort -u | wc -l)
echo "answered: $answered   cases: $cases   effects: $lines   each once: $once   left: $left"
"$pintu" history verify >/dev/null 2>&1 && echo "histories hold"
[ "$answered" -gt 0 ] && [ "$cases" -ge "$answered" ] && [ "$lines" -eq "$once" ] && [ "$left" -eq 0 ]
echo "nothing was lost, and nothing was done twice"
