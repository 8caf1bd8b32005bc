#!/usr/bin/env python3
"""Durable work: Pintu right beside the hand-written limit on the same cluster, and what comes of it as ratios.

usage: measure.py BIN [--seconds 4] [--reps 3] [--only LIST] [--minimum]
Sizes: --few, --many (pending timers), --due (a storm), --closed (cases), --cases (in the queue)."""
import argparse
import json
import os
import statistics
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

PARTS = "flow,nodes,queue,intake,poll,storm,closed,peers"
# Medians of the peers' own runs, where they are not installed here: transitions or steps a second.
KNOWN = {"DBOS": 382.0, "pg-boss": 5400.0}

parser = argparse.ArgumentParser()
parser.add_argument("bin")
parser.add_argument("--seconds", default="4")
parser.add_argument("--reps", type=int, default=3)
parser.add_argument("--only", default=PARTS)
parser.add_argument("--few", default="50000")
parser.add_argument("--many", default="500000")
parser.add_argument("--due", default="20000")
parser.add_argument("--closed", type=int, default=50000)
parser.add_argument("--cases", default="4000")
parser.add_argument("--minimum", action="store_true")
args = parser.parse_args()

ADDRESS = os.environ["address"]
HOME = os.environ["PEERS_HOME"]
FACTS = os.environ["WORK"] + "/facts.jsonl"
failures = []


def say(text=""):
    print(text, flush=True)


def hold(name, value, least=None, most=None):
    """A ratio beside what it should be."""
    good = (least is None or value >= least) and (most is None or value <= most)
    wanted = f"at least {least}" if least is not None else f"at most {most}"
    say(f"  {name}: {value:.2f}  ({wanted}: {'reached' if good else 'NOT REACHED'})")
    if not good:
        failures.append(name)


def fresh():
    subprocess.run([HOME + "/durable/pg.sh", "fresh"], check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)


def lines(command, may_fail=False):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode and not may_fail:
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def pintu(program, *arguments, may_fail=False):
    return lines([f"{args.bin}/{program}_bench", "--store", ADDRESS, *map(str, arguments)], may_fail)


def by_hand(batch, connections):
    """The peers' limit: the same transitions, by hand on libpq."""
    fresh()
    subprocess.run(["psql", "-qf", HOME + "/durable/schema.sql"], check=True, stderr=subprocess.DEVNULL)
    mode = ["pg-case"] if batch == 1 else ["pg-case-batch", "--batch", str(batch)]
    return lines([os.environ["limit"], "--facts", FACTS, "--seconds", args.seconds, "--mode", *mode,
                  "--conns", str(connections)])[0]["value"]


def flow(batch, workers):
    fresh()
    return pintu("flow", "--seconds", args.seconds, "--batch", batch, "--workers", workers)[0]


best = 0.0


def part_flow():
    global best
    say("transitions/s    batch  connections     pintu   C++ by hand   ratio   our CPU us each")
    for batch in (1, 100, 1000):
        for workers in (1, 2):
            ratios, ours, theirs, cpu = [], [], [], []
            for _ in range(args.reps):
                limit = by_hand(batch, workers)
                mine = flow(batch, workers)
                ratios.append(mine["value"] / limit)
                ours.append(mine["value"])
                theirs.append(limit)
                cpu.append(mine["client_cpu_us_each"])
            say(f"{'':16} {batch:6} {workers:11} {statistics.median(ours):10.0f} "
                f"{statistics.median(theirs):12.0f} {statistics.median(ratios):8.2f} "
                f"{statistics.median(cpu):10.1f}")
            best = max(best, statistics.median(ours))
            if batch > 1:
                hold(f"pintu / C++, batch {batch}, {workers} connections", statistics.median(ratios), 0.60)


def part_peers():
    """DBOS and pg-boss, where they are installed; else what they were measured at elsewhere."""
    rates = dict(KNOWN)
    where = "medians of the issue, not of this run"
    if os.path.exists(os.environ["NODE"]):
        where = "in this run"
        for name, peer, word in (("DBOS", "dbos", "steps/s"), ("pg-boss", "pg-boss", "case flow")):
            fresh()
            subprocess.run(["psql", "-qf", HOME + "/durable/schema.sql"], check=True, stderr=subprocess.DEVNULL)
            said = lines([os.environ["NODE"], HOME + "/durable/peers.mjs", "--peer", peer, "--seconds",
                          args.seconds] + (["--conc", "64"] if peer == "dbos" else []), may_fail=True)
            found = [line["value"] for line in said if "transitions/s" in line["metric"] or word in line["metric"]]
            rates[name] = max(found) if found else rates[name]
    rate = best or flow(1000, 2)["value"]
    say(f"pintu {rate:.0f} transitions/s beside DBOS {rates['DBOS']:.0f} and pg-boss {rates['pg-boss']:.0f} ({where})")
    hold("pintu / DBOS", rate / rates["DBOS"], 50)
    hold("pintu / pg-boss", rate / rates["pg-boss"], 5)


def processes(count, batch):
    """So many nodes, each a process with one connection, at once."""
    fresh()
    pintu("flow", "--seconds", 1, "--batch", 100)  # the schema, and files that are warm
    with ThreadPoolExecutor(count) as pool:
        runs = [pool.submit(pintu, "flow", "--seconds", args.seconds, "--batch", batch, "--agencies", 16,
                            "--from", (i + 1) * 100_000_000) for i in range(count)]
        return sum(run.result()[0]["value"] for run in runs)


def part_nodes():
    ratios = []
    for _ in range(args.reps):
        one, two = processes(1, 1000), processes(2, 1000)
        ratios.append(two / one)
        say(f"nodes: one {one:.0f}, two {two:.0f} transitions/s")
    hold("two nodes / one node", statistics.median(ratios), 0.95)


def part_queue():
    one = None
    for nodes in (1, 2, 4):
        fresh()
        said = pintu("nodes", "--nodes", nodes, "--cases", args.cases, may_fail=True)
        if not said:
            failures.append("queue")
            say(f"queue, {nodes} nodes: failed")
            continue
        line = said[0]
        say(f"queue, {nodes} nodes: {line['value']:.0f} transitions/s; of {line['commands']} commands "
            f"{line['lost']} lost, {line['refused']} refused; {line['sent']} effects, {line['not_sent']} not sent, "
            f"{line['sent_twice']} twice")
        if line["lost"] or line["refused"] or line["not_sent"] or line["sent_twice"]:
            failures.append(f"queue, {nodes} nodes: lost or double work")
        one = one or line["value"]
        if nodes == 2:
            hold("queue: two nodes / one node", line["value"] / one, 0.95)


def part_intake():
    above = []
    for _ in range(args.reps):
        fresh()
        ours, raw, ratio = pintu("intake", "--seconds", args.seconds)
        say(f"intake, 64 senders: pintu, two connections, {ours['per_s']}/s p50 {ours['p50_ms']} p99 {ours['p99_ms']} ms; by hand, one, "
            f"{raw['per_s']}/s p50 {raw['p50_ms']} p99 {raw['p99_ms']} ms; a commit by hand {raw['commit_ms']} ms")
        above.append(ratio["value"])
    hold("intake: p99 above the limit's, in commits by hand", statistics.median(above), most=4)


def part_poll():
    fresh()
    few = os.environ["PGDATABASE"] + "_few"
    for order in (f"drop database if exists {few}", f"create database {few}"):
        subprocess.run(["psql", "-qc", order], check=True, stderr=subprocess.DEVNULL)
    few_store = ADDRESS.replace(os.environ["PGDATABASE"], few, 1)
    for line in pintu("timers", "--mode", "poll", "--few-store", few_store, "--few", args.few,
                      "--many", args.many):
        if "pending" in line:
            say(f"poll, nothing due, {line['pending']} pending over {line['agencies']} agencies: "
                f"{line['pintu']} us; a bare indexed query {line['bare indexed query']} us")
        else:
            hold(line["metric"], line["value"], most=float(line["wanted"].split()[1]))


def part_storm():
    fresh()
    for line in pintu("timers", "--mode", "storm", "--due", args.due, may_fail=True):
        if line["metric"] == "storm":
            say(f"storm: {line['due']} deadlines over {line['agencies']} agencies, 90 days at once: "
                f"{line['seconds']} s, {line['timers_per_s']}/s; memory {line['memory_mb_before']} MB before, "
                f"{line['memory_mb']} MB at most")
            if line["escalated_once"] != line["due"] or line["more"]:
                failures.append("storm: not each deadline once")
            say(f"  escalated once: {line['escalated_once']}, more often: {line['more']}")
        elif "calm" in line:
            say(f"  intake meanwhile: p50 {line['p50_storm']} p99 {line['storm']} ms; before, p50 "
                f"{line['p50_calm']} p99 {line['calm']} ms")
        else:
            hold(line["metric"], line["value"], most=2)


def part_closed():
    fresh()
    windows = max(5, args.closed // 50_000)
    said = pintu("flow", "--cases", args.closed, "--windows", windows, "--batch", 1000, "--workers", 2)
    values = [line["value"] for line in said]
    say(f"transitions/s as closed cases gather to {args.closed}: " + ", ".join(f"{v:.0f}" for v in values))
    hold("full store / empty store", values[-1] / values[0], 0.80)


for name in args.only.split(","):
    globals()["part_" + name]()
if args.minimum and failures:
    sys.exit("not reached: " + "; ".join(failures))
