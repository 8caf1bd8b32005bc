"""The checks themselves, on a store that is sound, and on what stands for one that is not."""
import json

from postgres_ledger import Ledger, check
from postgres_load import Load
from postgres_site import AGENCIES, days_ago
from postgres_world import Node, World, expect, say, wait_until


def performed_twice(path):
    with open(path, encoding="utf-8") as file:
        lines = file.readlines()
    with open(path, "w", encoding="utf-8") as file:
        file.writelines([*lines, lines[0]])
    return lines


def ledger_finds_what_it_must(pintu, seed=1):
    """Over SQLite, as the ledger does not care."""
    with World(pintu, AGENCIES) as world:
        store = "sqlite:" + world.path("store.db")
        outbox = world.path("store.db.outbox.jsonl")
        ledger = Ledger(world)
        node = Node(world, "node-1", store).start().ready()
        load = Load(world, ledger, lambda _: store, reports=60, group=20, as_of=days_ago(20))
        load.start()
        load.finish()
        wait_until(lambda: check(world, ledger, store, outbox).clean(), 30, "all is done")
        node.stop()

        def count(what):
            return getattr(check(world, ledger, store, outbox), what)

        ledger.reports["r-never"] = "0000-0000-0000"
        expect(count("missing") == 1, "a report that is not there was not missed")
        del ledger.reports["r-never"]
        tracking_id, step = ledger.acts[0]
        ledger.acts[0] = (tracking_id, step + 1000)
        expect(count("missing") == 1, "a comment that is not there was not missed")
        ledger.acts[0] = (tracking_id, step)
        ledger.tried[tracking_id] -= 1
        expect(count("duplicates") == 1, "a comment that nobody asked for was not found")
        ledger.tried[tracking_id] += 1
        ledger.accepted("r-0", "0000-0000-0000")
        expect(count("duplicates") == 1, "two tracking ids for a report were not found")
        ledger.wrong.clear()
        lines = performed_twice(outbox)
        expect(count("duplicates") == 1, "an effect performed twice was not found")
        with open(outbox, "w", encoding="utf-8") as file:
            file.writelines(lines[1:])
        expect(count("missing") == 1, f"{json.loads(lines[0])['key']} was not missed")
        say("  6 planted faults found by the ledger")
