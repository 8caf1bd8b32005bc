# Sourced with PEERS_HOME set: a throw-away PostgreSQL of the peers' benchmark (default settings, fsync
# and synchronous_commit on), the peers' facts, and their hand-written limit. Nothing is written into
# PEERS_HOME. Gives `fresh` (an empty database), $address, and $limit.
if [ -z "${PEERS_HOME:-}" ] || [ ! -d "${PEERS_HOME:-}" ]; then
    echo "durable work on PostgreSQL: skipped (PEERS_HOME does not name the peers' folder)"
    exit 0
fi
. "$PEERS_HOME/env.sh"
[ -f "$WORK/facts.jsonl" ] || python3 "$PEERS_HOME/rules/gen.py" --out "$WORK"
limit="$BIN/limit_durable"
[ "$limit" -nt "$PEERS_HOME/durable/limit.cpp" ] ||
    g++ -O2 -std=c++20 -I"$(pg_config --includedir)" -o "$limit" "$PEERS_HOME/durable/limit.cpp" \
        -lpq -lsqlite3 -lpthread
fresh() { "$PEERS_HOME/durable/pg.sh" fresh >/dev/null 2>&1; }
export address="postgresql:///$PGDATABASE?host=$PGHOST&port=$PGPORT&user=$PGUSER"
export limit
"$PEERS_HOME/durable/pg.sh" start
trap '"$PEERS_HOME/durable/pg.sh" stop' EXIT
