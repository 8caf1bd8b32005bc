#!/usr/bin/env bash
# Long runs, outside CI; `./dev bench` has the short form of each.
#   run.sh BUILD_FOLDER [--only reports,poll,storm,closed]
# 100,000 reports over four nodes that are killed and stopped while the database is restarted. Five
# million pending timers, a million due at once, a million closed cases: about half an hour and 10 GB
# below PEERS_DIR.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=$(cd "$1" && pwd)
build=$folder/tests/bench
shift
only=reports,poll,storm,closed
[ "${1:-}" != --only ] || only=$2
case ",$only," in
    *,reports,*)
        python3 -B "$here/../faults/soak_reports.py" --pintu "$folder/adapters/pintu"
        only=$(printf '%s' ",$only," | sed 's/,reports,/,/; s/^,//; s/,$//')
        [ -n "$only" ] || exit 0
        ;;
esac
exec "$here/../bench/durable/run.sh" "$build" --only "$only" --many 5000000 --due 1000000 \
    --closed 1000000
