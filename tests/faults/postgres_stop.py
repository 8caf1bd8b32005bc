"""A node that is stopped for longer than its lease and wakes up: what it had begun counts for
nothing, and what it was to do has been done by others."""
import contextlib
import fcntl
import signal

import postgres_audit
from postgres_crash import Session
from postgres_load import settle, what_is_done
from postgres_site import Site
from postgres_world import Failed, expect, say, seconds_until, wait_until

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
SETTLED_S = 120  # a transaction that stands still is ended after 30; a message waits 75


class OutboxHeld:
    """Nobody can perform an effect meanwhile, nor is anybody at it: whoever is stopped at that keeps
    the file for as long."""

    def __init__(self, site):
        self.file = open(site.world.path("outbox.jsonl"), "a", encoding="utf-8")

    def __enter__(self):
        fcntl.flock(self.file, fcntl.LOCK_EX)
        return self

    def __exit__(self, *what):
        self.file.close()


def histories_held(site):
    """Nobody can read a case meanwhile; a turn at deciding begins with that."""
    return Session(site.cluster, "BEGIN; LOCK TABLE personal IN ACCESS EXCLUSIVE MODE")


AT_WORK = "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'node-%' " \
          "AND xact_start IS NOT NULL"
TO_FOLLOW = "SELECT count(*) FROM agenda WHERE work = 2 AND due = 0"


def set_aside(site):
    """All nodes stand still, and none in a transaction."""
    for _ in range(100):
        with OutboxHeld(site):
            for node in site.nodes:
                node.freeze()
        if site.cluster.value(AT_WORK) == "0":
            return
        for node in site.nodes:
            node.signal(signal.SIGCONT)
    raise Failed("the nodes are always in a transaction")


def stop_in_turn(site, sleeper, work, hold):
    """The turn in which the node was stopped, while what `hold` gives keeps it from going on."""
    cluster = site.cluster
    turn = TURN_OF.format(work=work, who=sleeper.name)
    with contextlib.ExitStack() as held:
        held.enter_context(hold(site))
        sleeper.signal(signal.SIGCONT)
        try:
            agency, token = wait_until(lambda: (cluster.sql(turn) or [None])[0], 20,
                                       f"{sleeper.name} has a turn")
        except Failed as why:
            raise Failed(f"{why}; {what_is_done(cluster)}") from None
        if hold != OutboxHeld:
            held.enter_context(OutboxHeld(site))
        sleeper.freeze()
    return agency, int(token)


def stopped_in(site, work, hold, what):
    """One round: the first node is stopped in a turn, the second takes it over, the first wakes."""
    cluster, world = site.cluster, site.world
    sleeper, other = site.nodes
    set_aside(site)
    before = len(site.ledger.reports)
    sender = site.load(reports=0, senders=1, people=0).senders[0]
    sender.send([f"stop-{before + i}" for i in range(60)])
    agency, token = stop_in_turn(site, sleeper, work, hold)
    other.signal(signal.SIGCONT)
    place = {"agency": agency, "work": work, "token": token}
    taken_s = seconds_until(lambda: cluster.sql(TAKEN_OVER.format(**place)), 60,
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
        wait_until(lambda: site.cluster.value(TO_FOLLOW) == "0", 30, "all cases are followed up")
        for _ in range(rounds):
            stopped_in(site, DECIDE, histories_held, "decided")
            stopped_in(site, SEND, OutboxHeld, "sent")
        site.must_be_whole()
        postgres_audit.must_be_able_to_fail(site.cluster)
        say("  control: stale writes made by hand are found by the audit")
