"""Work for the nodes: senders of reports, people who comment on them, and whoever breaks things
meanwhile. All go by `pintu` itself, and write down in the ledger what it acknowledged.
"""
import json
import os
import random
import re
import signal
import subprocess
import threading
import time

from postgres_world import Failed, wait_until

TRY_LATER = 75
# Received long enough ago that deadlines are due while the nodes run.
DAYS_AGO = 20


def report(agency, external_id):
    return {"channel": "web", "external_id": external_id,
            "isi": f"Jalan berlubang, nomor {external_id}", "place": {"region": f"{agency}.01"}}


class Worker(threading.Thread):
    """A thread whose failure is the test's failure."""

    def __init__(self, name, work):
        super().__init__(name=name, daemon=True)
        self.work, self.error = work, None

    def run(self):
        try:
            self.work()
        except Exception as error:  # handed over by finish()
            self.error = error

    def finish(self, seconds):
        self.join(seconds)
        if self.is_alive():
            raise Failed(f"{self.name} was not done within {seconds} s")
        if self.error:
            raise self.error


class Sender:
    """`pintu intake`, again and again until every report of a group is acknowledged."""

    def __init__(self, world, ledger, store, name, group=100, as_of=None):
        self.world, self.ledger, self.store, self.name = world, ledger, store, name
        self.group, self.as_of = group, as_of
        self.process = None
        self.exits = {}  # exit code -> times
        self.slowest = 0.0  # seconds between two acknowledgements

    def send(self, external_ids, give_up_s=120):
        for at in range(0, len(external_ids), self.group):
            group = external_ids[at:at + self.group]
            give_up = time.monotonic() + give_up_s
            while not self.once(group):
                if time.monotonic() > give_up:
                    raise Failed(f"{self.name}: reports are not acknowledged within {give_up_s} s; "
                                 f"exits {self.exits}; {self.last_words()}")

    def last_words(self):
        with open(os.path.join(self.world.logs, self.name), encoding="utf-8") as log:
            return log.read()[-600:]

    def once(self, external_ids):
        """One call for what is not acknowledged yet. True: nothing is left."""
        left = [e for e in external_ids if e not in self.ledger.reports]
        if not left:
            return True
        path = self.world.path(f"{self.name}.jsonl")
        agencies = [a for a in self.world.agencies if a != "64"]
        with open(path, "w", encoding="utf-8") as file:
            for external_id in left:
                agency = agencies[int(external_id.rsplit("-", 1)[1]) % len(agencies)]
                file.write(json.dumps(report(agency, external_id)) + "\n")
        words = ["-o", "jsonl"] + (["--as-of", self.as_of] if self.as_of else [])
        with open(os.path.join(self.world.logs, self.name), "a", encoding="utf-8") as log:
            self.process = self.world.launch(self.store, *words, "intake", path, stderr=log,
                                             stdout=subprocess.PIPE)
            self.take(left)
            code = self.process.wait()
        self.exits[code] = self.exits.get(code, 0) + 1
        if code not in (0, TRY_LATER, -signal.SIGKILL):
            raise Failed(f"{self.name}: intake ended with {code}: {self.last_words()}")
        if code == TRY_LATER:
            time.sleep(0.1)  # as a person would, or systemd
        return code == 0

    def take(self, left):
        said = time.monotonic()
        for line in self.process.stdout:
            if not line.endswith("\n"):
                break  # the sender was killed in the middle of a line
            answer = json.loads(line)
            if answer["status"] not in ("accepted", "repeated"):
                raise Failed(f"{self.name}: {line}")
            self.ledger.accepted(left[answer["line"] - 1], answer["tracking_id"])
            self.slowest = max(self.slowest, time.monotonic() - said)
            said = time.monotonic()

    def kill(self):
        process = self.process
        if process and process.poll() is None:
            process.kill()


RECORDED = re.compile(r"\(step (\d+)\)")


class Person:
    """`pintu case act ... komentar`, one after the other."""

    def __init__(self, world, ledger, store, name):
        self.world, self.ledger, self.store, self.name = world, ledger, store, name
        self.exits = {}

    def comment(self, tracking_id, wait_s=15):
        self.ledger.will_act(tracking_id)
        code, out, err = self.world.call(
            self.store, "case", "act", tracking_id, "komentar", "--as", "p-001", "--reason",
            f"catatan {self.world.number()}", "--wait", str(wait_s), seconds=wait_s + 60)
        self.exits[code] = self.exits.get(code, 0) + 1
        if code == 0:
            self.ledger.acted(tracking_id, int(RECORDED.search(out + err).group(1)))
        elif code not in (TRY_LATER, -signal.SIGKILL):
            raise Failed(f"{self.name}: case act ended with {code}: {out}{err}")
        return code


class Load:
    """Senders and people at work until all is sent."""

    def __init__(self, world, ledger, url_of, senders=2, people=1, reports=400, group=100,
                 as_of=None, seed=1):
        self.ledger = ledger
        self.senders = [Sender(world, ledger, url_of(f"intake-{i}"), f"intake-{i}", group, as_of)
                        for i in range(senders)]
        self.people = [Person(world, ledger, url_of(f"person-{i}"), f"person-{i}")
                       for i in range(people)]
        self.total = reports
        self.seed = seed
        self.stopping = threading.Event()
        self.workers = []

    def start(self):
        ids = [f"r-{i}" for i in range(self.total)]
        share = len(self.senders)
        for place, sender in enumerate(self.senders):
            self.workers.append(Worker(sender.name, lambda s=sender, p=place:
                                       s.send(ids[p::share])))
        for place, person in enumerate(self.people):
            self.workers.append(Worker(person.name, lambda p=person, n=place:
                                       self.keep_commenting(p, random.Random(self.seed * 100 + n))))
        for worker in self.workers:
            worker.start()
        return self

    def keep_commenting(self, person, chance):
        while not self.stopping.is_set():
            tracking_id = self.ledger.some_report(chance)
            if tracking_id is None:
                time.sleep(0.02)  # nothing is acknowledged yet
            else:
                person.comment(tracking_id)

    def sent(self):
        return len(self.ledger.reports)

    def wait_for(self, share, seconds=120):
        """Until so much of it is acknowledged."""
        wait_until(lambda: self.sent() >= share * self.total or self.failure(), seconds,
                   f"{share:.0%} of {self.total} reports acknowledged")
        if self.failure():
            raise self.failure()

    def failure(self):
        return next((w.error for w in self.workers if w.error), None)

    def finish(self, seconds=180):
        for worker in self.workers[:len(self.senders)]:
            worker.finish(seconds)
        self.stopping.set()
        for worker in self.workers[len(self.senders):]:
            worker.finish(90)


OPEN_WORK = {
    "effects": "SELECT count(*) FROM outbox",
    "commands": "SELECT count(*) FROM commands",
    "deadlines": "SELECT count(*) FROM cases "
                 "WHERE timer_due < extract(epoch FROM now()) * 1000000",
    "events without a place": "SELECT (SELECT coalesce(sum(length(leaves) / 32), 0) "
                              "FROM pages) - "
                              "(SELECT coalesce(sum(size), 0) FROM logs)",
}


def what_is_done(cluster):
    """Turns, and what each connection of a node is at; for people."""
    return {"agenda": cluster.sql("SELECT *, clock_timestamp() FROM agenda"),
            "connections": cluster.sql(
                "SELECT application_name, pid, state, wait_event, backend_xid, query_start, query "
                "FROM pg_stat_activity WHERE usename = 'pintu'")}


def settle(cluster, seconds=60):
    """Until the nodes have nothing left to do."""
    left = {}

    def nothing_left():
        words = ", ".join(f"({query})" for query in OPEN_WORK.values())
        left.update(zip(OPEN_WORK, (int(n) for n in cluster.sql(f"SELECT {words}")[0])))
        return not any(left.values())

    try:
        wait_until(nothing_left, seconds, "the nodes have done all")
    except Failed as why:
        raise Failed(f"{why}: {left}; {what_is_done(cluster)}") from None
