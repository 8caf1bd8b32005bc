"""Processes that die: nodes, senders, backends, the whole server; and commits cut in the middle."""
import os
import signal
import subprocess
import time

from postgres_load import Worker, settle
from postgres_site import Site, chance_of, recovery_s
from postgres_world import Failed, expect, say, wait_until


def a_backend(cluster, chance):
    pids = cluster.sql("SELECT pid FROM pg_stat_activity WHERE usename = 'pintu'", check=False)
    return int(chance.choice(pids)[0]) if pids else None


def kill_backend(site, chance):
    """SIGKILL to one: the server ends all of them and recovers."""
    pid = a_backend(site.cluster, chance)
    if pid:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass  # it had done its work


def end_connections(site, chance):
    site.cluster.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                     "WHERE usename = 'pintu' AND random() < 0.7", check=False)


def restart_server(site, chance):
    site.cluster.restart("immediate")


def kill_server(site, chance):
    """SIGKILL to the postmaster and everything below it, then a start: crash recovery."""
    site.cluster.kill()
    site.cluster.start()


def kill_node(site, chance):
    node = chance.choice(site.nodes)
    node.kill()
    node.start()


def kill_all_nodes(site, chance):
    for node in site.nodes:
        node.kill()
    for node in site.nodes:
        node.start()


FAULTS = {
    "a node killed": kill_node,
    "a backend killed": kill_backend,
    "connections ended": end_connections,
    "server restarted (immediate)": restart_server,
    "server killed and started": kill_server,
    "all nodes killed": kill_all_nodes,
}


def server_is_back(site):
    wait_until(lambda: site.cluster.sql("SELECT 1", check=False), 60, "the server answers")


def crash(pintu, seed=1, reports=320, nodes=3, rounds=8):
    """Every fault at least once, at instants of chance, while reports and comments come in."""
    chance = chance_of(seed)
    with Site(pintu) as site:
        site.create()
        site.start_nodes(nodes)
        load = site.load(reports=reports, group=16, senders=2, people=1, seed=seed).start()
        load.wait_for(0.05)
        names = list(FAULTS) + chance.choices(list(FAULTS), k=max(0, rounds - len(FAULTS)))
        chance.shuffle(names)
        slowest = {}
        for place, name in enumerate(names):
            load.wait_for((place + 1) / (len(names) + 2))
            before = load.sent()
            if chance.random() < 0.5:
                chance.choice(load.senders).kill()
            FAULTS[name](site, chance)
            server_is_back(site)
            if before < load.total:
                slowest[name] = max(slowest.get(name, 0), recovery_s(site, before))
        load.finish()
        site.settle()
        for name, seconds in sorted(slowest.items()):
            say(f"  {name}: taken in again after at most {seconds:.2f} s")
        exits = {}
        for worker in load.senders + load.people:
            for code, times in worker.exits.items():
                exits[code] = exits.get(code, 0) + times
        say(f"  seed {seed}, {len(names)} faults; exits of intake and case act: {exits}")
        site.must_be_whole()


# Commits stop at a gate, inside COMMIT itself, while a session of the test holds the lock.
GATE = """
CREATE FUNCTION audit.gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(4711);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER gate AFTER INSERT ON pages DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION audit.gate();
"""
AT_GATE = """
SELECT pid FROM pg_stat_activity
WHERE wait_event = 'advisory' AND application_name LIKE '{who}'
"""


class Session:
    """A psql that holds what its words took until it is closed."""

    def __init__(self, cluster, words):
        self.process = subprocess.Popen(
            [os.path.join(cluster.programs, "psql"), "-XAtq", "-h", cluster.folder, "-U",
             "postgres", "-d", "pintu"], cwd=cluster.world.folder, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.process.stdin.write(words + ";\n\\echo held\n")
        self.process.stdin.flush()
        for line in self.process.stdout:
            if line.strip() == "held":
                return
        raise Failed(f"could not: {words}")

    def __enter__(self):
        return self

    def __exit__(self, *what):
        self.process.stdin.close()
        self.process.wait(30)
        self.process.stdout.close()


def gate_shut(cluster):
    return Session(cluster, "SELECT pg_advisory_lock(4711)")


def at_gate(cluster, who):
    rows = cluster.sql(AT_GATE.format(who=who), check=False)
    return int(rows[0][0]) if rows else None


def cut_commit(site, round_number, cut):
    """One report whose commit is cut by `cut`; then it is sent until it is acknowledged."""
    load = site.load(reports=0, senders=1, people=0)
    sender = load.senders[0]
    name = f"cut-{round_number}"
    worker = Worker(name, lambda: sender.send([name]))
    with gate_shut(site.cluster):
        worker.start()
        pid = wait_until(lambda: at_gate(site.cluster, "intake-%"), 20, "intake is in its COMMIT")
        cut(pid, sender)
    worker.finish(60)
    return sender.exits


def commit_cut(pintu, seed=1, rounds=1):
    """A connection that is lost inside COMMIT: what became of it is asked for, never guessed."""
    with Site(pintu) as site:
        site.create()
        site.cluster.script(GATE)
        cluster = site.cluster

        def end(pid, _):
            cluster.sql(f"SELECT pg_terminate_backend({pid})")
            wait_until(lambda: not os.path.exists(f"/proc/{pid}"), 20, "the backend is gone")

        def kill(pid, _):
            os.kill(pid, signal.SIGKILL)
            server_is_back(site)

        def kill_client(_, sender):
            sender.kill()

        exits = {}
        cuts = {"backend ended": end, "backend killed": kill, "intake killed": kill_client}
        number = 0
        for _ in range(rounds):
            for name, cut in cuts.items():
                number += 1
                exits[name] = cut_commit(site, number, cut)
        say(f"  {number} commits cut: exits of intake {exits}")
        for name in ("backend ended", "backend killed"):
            expect(0 in exits[name], f"{name}: intake never came to an end: {exits[name]}")
        site.start_nodes(1)
        site.settle()
        site.must_be_whole()


def two_nodes(pintu, seed=1, reports=200):
    """What the README tells a reader to try: two nodes, one is killed, nothing is lost."""
    with Site(pintu) as site:
        site.create()
        first, second = site.start_nodes(2)
        load = site.load(reports=reports, group=50, senders=1, people=1).start()
        load.wait_for(0.5)
        first.kill()
        at = time.monotonic()
        load.finish()
        settle(site.cluster)
        expect(not second.ended(), "the node that was left ended too")
        say(f"  one of two killed; the other had done everything {time.monotonic() - at:.1f} s "
            "later")
        site.must_be_whole()
        expect(second.stop() in (0, 130), "SIGTERM did not stop the node")
