#!/usr/bin/env python3
"""Runs pintu-peer-rules and the peers' cpp-smart in turns and prints their ratios (see run.sh)."""
import argparse
import json
import statistics
import subprocess
import sys

parser = argparse.ArgumentParser()
parser.add_argument("work")
parser.add_argument("bin")
parser.add_argument("--n", default="10,100,1000,10000")
parser.add_argument("--reps", type=int, default=5)
parser.add_argument("--seconds", type=float, default=2)
parser.add_argument("--minimum", action="store_true")
args = parser.parse_args()

WANTED = {100: 2, 1000: 3, 10000: 4}  # times cpp-smart, explained, names as strings
MOST_FOR_EXPLANATION = 1.15
# name, mode, explained, folder's suffix, checked against the reference
VARIANTS = [
    ("strings, explained", "strings", 1, "", True),
    ("strings, not explained", "strings", 0, "", True),
    ("codes, explained", "codes", 1, "", True),
    ("codes, not explained", "codes", 0, "", True),
    ("matcher + decide()", "matcher", 1, "", True),
    ("mentions, matcher + decide()", "matcher", 1, "-mentions", False),
]
failures = []


def last_json(command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}\n{done.stderr}")
    return json.loads(done.stdout.strip().split("\n")[-1])


def reference(n, mode, out, seconds):
    return last_json([f"{args.work}/cpp-limit", "--mode", mode, "--rules",
                      f"{args.work}/rules_{n}.json", "--facts", f"{args.work}/facts.jsonl",
                      "--seconds", str(seconds), "--out", out])


def pintu(n, mode, explained, suffix, out):
    return last_json([f"{args.bin}/pintu-peer-rules", "--rules",
                      f"{args.work}/pintu/{n}{suffix}", "--facts", f"{args.work}/facts.jsonl",
                      "--seconds", str(args.seconds), "--out", out, "--mode", mode,
                      "--explain", str(explained)])


def rate(result):
    return result["decisions"] / result["cpu_s"]


def same(n, path):
    """Every fact was decided, each as the reference decides it."""
    expected = open(f"{args.work}/reference_{n}.txt").read()
    return open(path).read() == expected


def check(ok, what):
    if not ok:
        failures.append(what)
    return "" if ok else "  <- " + what


def whole_reference(n):
    """The naive loop over all rules, run long enough to decide every fact once."""
    path, seconds = f"{args.work}/reference_{n}.txt", 1
    while True:
        reference(n, "naive", path, seconds)
        if open(path).read().count("\n") == sum(1 for _ in open(f"{args.work}/facts.jsonl")):
            return
        seconds *= 2


print("Decisions a CPU second (medians); times = pintu / cpp-smart measured right before it.")
print("strings: names become numbers inside the loop; codes: when facts are read, as intake does.\n")
for n in map(int, args.n.split(",")):
    whole_reference(n)
    seen = {variant[0]: [] for variant in VARIANTS}
    for _ in range(args.reps):
        for name, mode, explained, suffix, checked in VARIANTS:
            smart = reference(n, "smart", f"{args.work}/smart.txt", args.seconds)
            ours = pintu(n, mode, explained, suffix, f"{args.work}/ours.txt")
            if checked and not same(n, f"{args.work}/ours.txt"):
                check(False, f"{name} at {n} rules decides otherwise than the reference")
            seen[name].append((rate(ours), rate(smart), ours))
    print(f"{n} rules")
    for name, runs in seen.items():
        ratio = statistics.median(ours / smart for ours, smart, _ in runs)
        ours = statistics.median(ours for ours, _, _ in runs)
        smart = statistics.median(smart for _, smart, _ in runs)
        load = statistics.median(run["load_ms"] for _, _, run in runs)
        memory = statistics.median(run["rss_mb"] - run["rss_facts_mb"] for _, _, run in runs)
        note = ""
        if name == "strings, explained" and n in WANTED:
            note = check(ratio >= WANTED[n], f"wanted {WANTED[n]} times at {n} rules")
        print(f"  {name:30} {ours / 1e6:7.2f} M/s  cpp-smart {smart / 1e6:6.2f} M/s  "
              f"{ratio:5.2f} times  load {load:7.1f} ms  +{memory:.0f} MB{note}")
    for mode in ("strings", "codes"):
        cost = last_json([f"{args.bin}/pintu-peer-rules", "--rules", f"{args.work}/pintu/{n}",
                          "--facts", f"{args.work}/facts.jsonl", "--seconds",
                          str(2 * args.seconds), "--mode", mode, "--compare", "1"])["cost"]
        note = check(cost <= MOST_FOR_EXPLANATION or mode == "codes" or n not in WANTED,
                     f"explanation costs more than 15 % at {n} rules")
        print(f"  what the explanation costs, {mode}: {100 * (cost - 1):+.0f} %{note}")

print("\nCompiling, dead rules and overlaps (CPU; at most 100 ms at 1,000 rules, 1 s at 10,000)")
for n in map(int, args.n.split(",")):
    runs = [last_json([f"{args.bin}/pintu-peer-rules", "--analyse", "1", "--rules",
                       f"{args.work}/pintu/{n}"]) for _ in range(args.reps)]
    one = runs[0]
    compile_ms, analyse_ms, overlap_ms = (
        statistics.median(run[key] for run in runs)
        for key in ("compile_ms", "analyse_ms", "overlap_ms"))
    total = compile_ms + analyse_ms + overlap_ms
    most = {1000: 100, 10000: 1000}.get(n)
    note = check(most is None or total <= most, f"analysis of {n} rules takes {total:.0f} ms")
    print(f"  {n:6} rules: compile {compile_ms:.1f}, proofs {analyse_ms:.1f} ({one['dead']} dead, "
          f"{one['not_proved']} not proved), overlaps {overlap_ms:.1f} ({one['overlaps']} pairs): "
          f"{total:.1f} ms; compiled form {one['compiled_mb']:.2f} MB, process {one['rss_mb']:.0f} "
          f"MB{note}")
if failures and args.minimum:
    sys.exit(1)
