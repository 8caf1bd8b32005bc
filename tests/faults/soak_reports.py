#!/usr/bin/env python3
"""Reports over several nodes while nodes are killed and stopped, and the database is restarted, at
instants of chance: nothing may be missing, nothing twice, nothing written by a node whose turn was
over. The long form is `./dev soak`; CI runs a short one.
"""
import argparse
import signal
import sys
import time

import postgres_audit
import postgres_crash
from postgres_site import AGENCIES, Site, chance_of
from postgres_world import SKIPPED, Failed, Skip, expect, say


class Stops:
    """Nodes that are stopped, each until its time is over."""

    def __init__(self, seconds):
        self.seconds, self.until, self.count = seconds, {}, 0

    def stop(self, node):
        if node.ended() or node.name in self.until:
            return
        node.signal(signal.SIGSTOP)
        self.until[node.name] = (time.monotonic() + self.seconds, node, node.process)
        self.count += 1

    def wake(self, all_of_them=False):
        for name, (end, node, process) in list(self.until.items()):
            if all_of_them or time.monotonic() >= end or process.poll() is not None:
                if process.poll() is None:
                    process.send_signal(signal.SIGCONT)
                del self.until[name]


FAULTS = [
    ("node killed", 8, postgres_crash.kill_node),
    ("node stopped", 6, None),
    ("sender killed", 3, None),
    ("server restarted", 2, postgres_crash.restart_server),
    ("server killed", 2, postgres_crash.kill_server),
    ("backend killed", 1, postgres_crash.kill_backend),
    ("connections ended", 2, postgres_crash.end_connections),
]


def one_fault(site, load, chance, stops, counts):
    name, _, fault = chance.choices(FAULTS, weights=[w for _, w, _ in FAULTS])[0]
    if name == "node stopped":
        stops.stop(chance.choice(site.nodes))
    elif name == "sender killed":
        chance.choice(load.senders).kill()
    else:
        fault(site, chance)
        postgres_crash.server_is_back(site)
    counts[name] = counts.get(name, 0) + 1


def work(site, options, chance, stops, counts):
    load = site.load(reports=options.reports, group=options.group, senders=options.senders,
                     people=1, seed=options.seed).start()
    for place in range(options.faults):
        share = (place + 1) / (options.faults + 1)
        give_up = time.monotonic() + 600
        while load.sent() < share * load.total:
            stops.wake()
            if load.failure():
                raise load.failure()
            expect(time.monotonic() < give_up, f"only {load.sent()} reports were acknowledged")
            time.sleep(0.02)
        one_fault(site, load, chance, stops, counts)
    load.finish(options.reports / 50 + 600)
    while stops.until:
        stops.wake()
        time.sleep(0.02)
    return load


def soak(options):
    chance = chance_of(options.seed)
    stops, counts = Stops(options.stop_s), {}
    agencies = AGENCIES + tuple(f"64.{n:02}" for n in range(10, 10 + options.more_agencies))
    with Site(options.pintu, agencies, options.lease_ms) as site:
        site.create("max_connections = 120")
        site.start_nodes(options.nodes)
        start = time.monotonic()
        load = work(site, options, chance, stops, counts)
        sent_s = time.monotonic() - start
        site.settle(options.reports / 50 + 120)
        done_s = time.monotonic() - start
        say(f"  {options.reports} reports over {options.nodes} nodes: acknowledged in {sent_s:.0f} s,"
            f" all done in {done_s:.0f} s; faults: {counts}; a stop lasts {options.stop_s} s, a "
            f"lease {options.lease_ms} ms; seed {options.seed}")
        slowest = max(s.slowest for s in load.senders)
        say(f"  longest between two acknowledgements of one call: {slowest:.1f} s")
        site.must_be_whole()
        postgres_audit.must_be_able_to_fail(site.cluster)


def main():
    words = argparse.ArgumentParser(description=__doc__,
                                    formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--pintu", required=True)
    words.add_argument("--reports", type=int, default=100_000)
    words.add_argument("--nodes", type=int, default=4)
    words.add_argument("--senders", type=int, default=4)
    words.add_argument("--group", type=int, default=1000)
    words.add_argument("--faults", type=int, default=60)
    words.add_argument("--stop-s", type=float, default=30)
    words.add_argument("--lease-ms", type=int, default=10_000)
    words.add_argument("--more-agencies", type=int, default=7)
    words.add_argument("--seed", type=int, default=int(time.time()) % 100_000)
    options = words.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    say("soak of reports:")
    try:
        soak(options)
    except Skip as why:
        say(f"  skipped: {why}")
        return SKIPPED
    except Failed as why:
        say(f"  FAILED: {why}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
