#!/usr/bin/env python3
"""Real faults against `pintu` over PostgreSQL, each scenario by its name; --help lists them.

Each makes its own cluster in a temporary folder (as user postgres where this is root) and removes
it, also when it is interrupted. Exit 0 done, 1 failed, 77 where this machine cannot have it.
"""
import argparse
import inspect
import signal
import sys
import time

import postgres_controls
import postgres_crash
import postgres_cut
import postgres_full
import postgres_standby
import postgres_stop
from postgres_world import SKIPPED, Failed, Skip, say

SCENARIOS = {
    "ledger_finds_what_it_must": postgres_controls.ledger_finds_what_it_must,
    "two_nodes": postgres_crash.two_nodes,
    "crash": postgres_crash.crash,
    "commit_cut": postgres_crash.commit_cut,
    "stopped": postgres_stop.stopped,
    "failover": postgres_standby.failover,
    "unreplicated": postgres_standby.unreplicated,
    "lost_without_sync": postgres_standby.lost_without_sync,
    "cut": postgres_cut.cut,
    "disk_full": postgres_full.disk_full,
    "not_that_server": postgres_full.not_that_server,
}


def interrupted(*_):
    raise KeyboardInterrupt


def main():
    names = argparse.ArgumentParser(description=__doc__,
                                    formatter_class=argparse.RawDescriptionHelpFormatter)
    names.add_argument("scenario", choices=[*SCENARIOS, "all"])
    names.add_argument("--pintu", required=True, help="the program to test")
    names.add_argument("--seed", type=int, default=1)
    for number in ("reports", "nodes", "rounds"):
        names.add_argument(f"--{number}", type=int)
    options = names.parse_args()
    signal.signal(signal.SIGTERM, interrupted)
    result = 0
    for name, scenario in SCENARIOS.items():
        if options.scenario not in (name, "all"):
            continue
        known = inspect.signature(scenario).parameters
        more = {key: value for key, value in vars(options).items()
                if key in known and key != "pintu" and value is not None}
        start = time.monotonic()
        say(f"{name}:")
        try:
            scenario(options.pintu, **more)
        except Skip as why:
            say(f"  skipped: {why}")
            result = result or SKIPPED
        except Failed as why:
            say(f"  FAILED: {why}")
            result = 1
        say(f"  {time.monotonic() - start:.1f} s")
    return result


if __name__ == "__main__":
    sys.exit(main())
