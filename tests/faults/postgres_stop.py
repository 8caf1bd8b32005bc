"""A node that is stopped for longer than its lease and wakes up: what it had begun counts for
nothing, and what it was to do has been done by others."""
import fcntl
import signal

import postgres_audit
from postgres_crash import Session
from postgres_load import settle
from postgres_site import Site
from postgres_world import expect, say, seconds_until, wait_until

TURN_OF = """
SELECT agency, new_token FROM audit.turns t
WHERE work = {work} AND who = '{who}' AND old_token <> new_token
  AND EXISTS (SELECT FROM agenda a
              WHERE (a.agency, a.work, a.token) = (t.agency, t.work, t.new_token)
              AND a.until > clock_timestamp())
ORDER BY id DESC LIMIT 1
"""
TAKEN_OVER = """
SELECT who FROM audit.turns WHERE (agency, work) = ('{agency}', {work}) AND new_token > {token}
  AND old_token <> new_token ORDER BY id LIMIT 1
"""
ENDED_BY = """
SELECT count(*) FROM audit.turns WHERE (agency, work, new_token) = ('{agency}', {work}, {token})
  AND old_token = new_token
"""
TURNS_SINCE = "SELECT count(*) FROM audit.turns WHERE who = '{who}' AND id > {since}"
DECIDE, SEND = 0, 1
SETTLED_S = 120  # what stood still in a transaction is cut off after 30; a message waits 75


class OutboxHeld:
    """Nobody can perform an effect meanwhile."""

    def __init__(self, site):
        self.file = open(site.world.path("outbox.jsonl"), "a", encoding="utf-8")

    def __enter__(self):
        fcntl.flock(self.file, fcntl.LOCK_EX)
        return self

    def __exit__(self, *what):
        self.file.close()


def histories_held(site):
    """Nobody can read or append events meanwhile; a turn at deciding begins with that."""
    return Session(site.cluster, "BEGIN; LOCK TABLE pages IN ACCESS EXCLUSIVE MODE")


WRITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'ClientWrite'"


def freeze_between_answers(cluster, node, before):
    """Not while a thread of it is being sent rows: where a Unix socket is full, no timeout of the
    server's counts, and that transaction would hold up the order of the log until it wakes.
    `before`: those of others that stand still."""
    for _ in range(3):
        node.freeze()
        if int(cluster.value(WRITING)) <= before:
            return
        node.signal(signal.SIGCONT)


def stop_in_turn(site, sleeper, work, hold):
    """The turn in which the node was stopped, while what `hold` gives keeps it from going on."""
    cluster = site.cluster
    writing = int(cluster.value(WRITING))
    with hold(site):
        sleeper.signal(signal.SIGCONT)
        agency, token = wait_until(
            lambda: (cluster.sql(TURN_OF.format(work=work, who=sleeper.name)) or [None])[0], 20,
            f"{sleeper.name} has a turn")
        freeze_between_answers(cluster, sleeper, writing)
    return agency, int(token)


def stopped_in(site, work, hold, what):
    """One round: the first node is stopped in a turn, the second takes it over, the first wakes."""
    cluster, world = site.cluster, site.world
    sleeper, other = site.nodes
    for node in site.nodes:
        freeze_between_answers(cluster, node, 0)
    before = len(site.ledger.reports)
    sender = site.load(reports=0, senders=1, people=0).senders[0]
    sender.send([f"stop-{before + i}" for i in range(60)])
    agency, token = stop_in_turn(site, sleeper, work, hold)
    other.signal(signal.SIGCONT)
    place = {"agency": agency, "work": work, "token": token}
    taken_s = seconds_until(lambda: cluster.sql(TAKEN_OVER.format(**place)), 30,
                            f"{other.name} takes the turn over")
    expect(cluster.value(TAKEN_OVER.format(**place)) == other.name, "somebody else took it")
    settle(cluster, SETTLED_S)
    since = cluster.value("SELECT max(id) FROM audit.turns")
    sleeper.signal(signal.SIGCONT)
    sender.send([f"awake-{before + i}" for i in range(20)])
    other.signal(signal.SIGSTOP)
    wait_until(lambda: cluster.value(TURNS_SINCE.format(who=sleeper.name, since=since)) != "0", 30,
               f"{sleeper.name} works again")
    other.signal(signal.SIGCONT)
    expect(cluster.value(ENDED_BY.format(**place)) == "0", f"{what}: a turn of before was ended")
    say(f"  stopped while it {what} for {agency}: taken over {taken_s:.2f} s after it was stopped "
        f"(lease {site.lease_ms} ms), its turn changed nothing")
    settle(cluster, SETTLED_S)


def stopped(pintu, seed=1, rounds=1):
    with Site(pintu) as site:
        site.create()
        site.start_nodes(2)
        for _ in range(rounds):
            stopped_in(site, DECIDE, histories_held, "decided")
            stopped_in(site, SEND, OutboxHeld, "sent")
        site.must_be_whole()
        postgres_audit.must_be_able_to_fail(site.cluster)
        say("  control: stale writes made by hand are found by the audit")
