#!/usr/bin/env bash
# A PostgreSQL of the tests' own, on a Unix socket in a folder of its own, with a pgbouncer in
# transaction mode in front. Never touches another cluster: everything is below that folder, which
# must have been made by this script. As root everything runs as the user postgres.
#   cluster.sh start FOLDER [SETTING=VALUE ...]   makes FOLDER and the cluster in it, starts both
#   cluster.sh up FOLDER | kill FOLDER            starts the server again; ends it as kill -9 does
#   cluster.sh freeze FOLDER | thaw FOLDER        its processes stand still, and go on
#   cluster.sh stop FOLDER                        ends both and removes FOLDER
#   cluster.sh share FILE | unshare FILE          the same for one run of ctest; FILE names FOLDER
# It is stopped, too, when the process that started it (or PINTU_CLUSTER_OWNER) is gone.
set -euo pipefail

command=$1
folder=$2
shift 2
marker=.pintu-test-cluster

bindir() {
    local found
    found=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
    [ -n "$found" ] || found=$(dirname "$(command -v postgres)")
    echo "$found"
}
bin=$(bindir)

# Neither the caller's libpq settings nor its working folder, which postgres may not read.
unset "${!PG@}"
as_server() {
    if [ "$(id -u)" -eq 0 ]; then
        (cd "$folder" && runuser -u postgres -- "$@")
    else
        (cd "$folder" && "$@")
    fi
}

ours() {
    [ -f "$folder/$marker" ] || {
        echo "$folder is not a cluster of the tests" >&2
        exit 1
    }
}

up() {
    as_server "$bin/pg_ctl" -D "$folder/data" -w -t 60 -l "$folder/postgres.log" start >/dev/null
}

# The postmaster first, so that it does not start what dies anew.
processes() {
    local server
    server=$(head -1 "$folder/data/postmaster.pid")
    echo "$server"
    pgrep -P "$server" || true
}

# Whoever is dead but not yet buried counts as dead.
all_dead() {
    local process
    for process in "$@"; do
        grep -q '^State:[^Z]*$' "/proc/$process/status" 2>/dev/null && return 1
    done
    return 0
}

hang_up() {
    [ -f "$folder/pgbouncer.pid" ] && as_server kill -QUIT "$(cat "$folder/pgbouncer.pid")" || true
}

make() {
    mkdir -p "$folder"
    touch "$folder/$marker"
    [ "$(id -u)" -ne 0 ] || chown -R postgres "$folder"
    as_server "$bin/initdb" -D "$folder/data" -U postgres -A trust --no-sync --no-locale -E UTF8 \
        >"$folder/initdb.log"
    as_server tee -a "$folder/data/postgresql.conf" >/dev/null <<CONF
listen_addresses = ''
unix_socket_directories = '$folder'
port = 5432
max_connections = 200
shared_buffers = 64MB
logging_collector = off
lc_messages = 'C'
$(printf '%s\n' "$@")
CONF
    as_server tee "$folder/data/pg_hba.conf" >/dev/null <<CONF
local all tersandi scram-sha-256
local all all trust
local replication all trust
CONF
    up
    as_server psql -qX -h "$folder" -U postgres postgres <<SQL
CREATE ROLE pintu LOGIN CREATEDB;
CREATE ROLE tersandi LOGIN PASSWORD 'benar';
CREATE ROLE tanpa_hak LOGIN;
SQL
    as_server tee "$folder/pgbouncer.ini" >/dev/null <<CONF
[databases]
* = host=$folder port=5432
[pgbouncer]
unix_socket_dir = $folder
unix_socket_mode = 0777
listen_addr =
listen_port = 6432
pool_mode = transaction
auth_type = any
max_client_conn = 500
default_pool_size = 20
logfile = $folder/pgbouncer.log
pidfile = $folder/pgbouncer.pid
log_connections = 0
log_disconnections = 0
CONF
    # Any name is let in as pintu.
    sed -i "s|^\* = .*|& user=pintu|" "$folder/pgbouncer.ini"
    as_server "$(command -v pgbouncer || echo /usr/sbin/pgbouncer)" -q -d "$folder/pgbouncer.ini"
}

# Ends the cluster when its owner is gone: a test program that was killed leaves nothing behind.
watch() {
    local owner=$1
    setsid bash -c '
        while kill -0 "$1" 2>/dev/null && [ -e "$2" ]; do sleep 1; done
        [ ! -e "$2" ] || exec "$0" stop "$2"
    ' "$(realpath "$0")" "$owner" "$folder" </dev/null >/dev/null 2>&1 &
}

stop() {
    [ -d "$folder" ] || return 0
    ours
    hang_up
    as_server "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$folder"
}

case "$command" in
    start)
        make "$@"
        watch "${PINTU_CLUSTER_OWNER:-$PPID}"
        ;;
    up)
        ours
        up
        ;;
    kill)
        ours
        all=$(processes)
        kill -9 $all 2>/dev/null || true
        # What still dies holds the memory that the next start would refuse to share.
        until all_dead $all; do sleep 0.02; done
        # Where nobody buries the dead, its number still looks alive.
        rm -f "$folder/data/postmaster.pid" "$folder/.s.PGSQL.5432.lock"
        ;;
    freeze)
        ours
        kill -STOP $(processes)
        ;;
    thaw)
        ours
        kill -CONT $(processes)
        ;;
    stop) stop ;;
    share)
        file=$folder
        [ ! -f "$file" ] || "$0" unshare "$file"
        folder=$(mktemp -d "${TMPDIR:-/tmp}/pintu-pg-XXXXXX")
        make fsync=off full_page_writes=off autovacuum=off
        watch "$PPID"
        echo "$folder" >"$file"
        ;;
    unshare)
        file=$folder
        [ -f "$file" ] || exit 0
        folder=$(cat "$file")
        rm -f "$file"
        stop
        ;;
    *)
        sed -n '2,11p' "$0"
        exit 64
        ;;
esac
