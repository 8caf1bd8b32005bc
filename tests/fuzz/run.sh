#!/bin/bash
# tests/fuzz/run.sh BUILD [--seconds N]: each target for N seconds (60), from the golden cases on.
# A finding stays in BUILD/findings and fails the run.
set -euo pipefail
build=$1
shift
seconds=60
if [ "${1:-}" = --seconds ]; then seconds=$2; fi
here=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$build/findings"
status=0
for target in rules rows csv yaml text history; do
    corpus=$build/corpus/$target
    mkdir -p "$corpus"
    case $target in
        rules) seeds=("$here/golden/rules/syntax" "$here/golden/rules/format") ;;
        rows) seeds=("$here/golden/rules/syntax") ;;
        csv) seeds=("$here/golden/rules/syntax") ;;
        yaml) seeds=("$here/golden/yaml") ;;
        text) seeds=("$here/golden/text") ;;
        history) seeds=("$corpus")
            cut -d' ' -f2 "$here/replay/events-v1.txt" | while read -r event; do
                printf '%b' "$(sed 's/../\\x&/g' <<< "$event")" > "$corpus/event-${#event}"
            done ;;
    esac
    program=$(find "$build" -type f -name "fuzz_$target" | head -1)
    dictionary=()
    if [ -f "$here/fuzz/$target.dict" ]; then dictionary=("-dict=$here/fuzz/$target.dict"); fi
    echo "fuzz_$target: $seconds seconds"
    "$program" "$corpus" "${seeds[@]}" "${dictionary[@]}" -max_total_time="$seconds" -timeout=10 \
        -max_len=8192 -rss_limit_mb=2048 -print_final_stats=1 -verbosity=0 \
        -artifact_prefix="$build/findings/$target-" 2>&1 | grep -E 'stat::|ERROR|SUMMARY|Test unit' || true
    if compgen -G "$build/findings/$target-*" > /dev/null; then status=1; fi
done
exit $status
