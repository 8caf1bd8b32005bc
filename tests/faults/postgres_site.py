"""A site as it stands in production: one database, several nodes, senders and people."""
import datetime
import random
import signal
import time

import postgres_audit
from postgres_cluster import Cluster
from postgres_ledger import Ledger, check, must_verify
from postgres_load import DAYS_AGO, Load, settle
from postgres_world import Node, World, expect, say, wait_until

AGENCIES = ("64", "64.09", "64.01", "64.02")


def days_ago(days):
    at = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=days)
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


class Site:
    """`url_of` may be replaced where nodes reach the server by another way."""

    def __init__(self, pintu, agencies=AGENCIES, lease_ms=1000):
        self.world = World(pintu, agencies)
        self.lease_ms = lease_ms
        self.nodes = []
        self.ledger = None
        self.cluster = None

    def __enter__(self):
        return self

    def __exit__(self, *what):
        return self.world.__exit__(*what)

    def create(self, *settings, **more):
        """The database, empty but for its tables and the audit."""
        self.cluster = Cluster(self.world, **more).create(*settings)
        return self.prepare()

    def prepare(self):
        self.ledger = Ledger(self.world)
        code, out, err = self.world.call(self.url_of("setup"), "db", "migrate")
        expect(code == 0, f"db migrate ended with {code}: {out}{err}")
        postgres_audit.install(self.cluster)
        return self

    def url_of(self, application):
        return self.cluster.url(application)

    def start_nodes(self, count):
        for place in range(len(self.nodes) + 1, len(self.nodes) + 1 + count):
            name = f"node-{place}"
            self.nodes.append(Node(self.world, name, self.url_of(name), "--outbox",
                                   self.world.path("outbox.jsonl"), "--lease-ms",
                                   str(self.lease_ms)).start())
        for node in self.nodes:
            node.ready()
        return self.nodes

    def load(self, **more):
        """Reports of some weeks ago, so that deadlines are due at once."""
        return Load(self.world, self.ledger, self.url_of, as_of=days_ago(DAYS_AGO), **more)

    def check(self, settled=True):
        return check(self.world, self.ledger, self.url_of("checker"),
                     self.world.path("outbox.jsonl"), settled)

    def settle(self, seconds=60):
        """Every node at work; then until nothing is left to do."""
        for node in self.nodes:
            node.signal(signal.SIGCONT)
            if node.ended():
                node.start().ready()
        settle(self.cluster, seconds)

    def must_be_whole(self):
        """All that was acknowledged, once; sound histories; no write under a turn of others."""
        verdict = self.check().must_be_clean()
        must_verify(self.world, self.url_of("auditor"))
        turns = postgres_audit.must_be_fenced(self.cluster)
        say(f"  {verdict.words()}; {turns} turns, 0 stale writes")
        return verdict


def holder(site, names):
    """A turn that one of these nodes has at this moment, as (agency, work, token, name)."""
    rows = site.cluster.sql("SELECT agency, work, token, node FROM agenda "
                            "WHERE until > clock_timestamp() AND token > 0", check=False) or []
    for agency, work, token, _ in rows:
        who = site.cluster.value(
            f"SELECT who FROM audit.turns WHERE (agency, work, new_token) = ('{agency}', {work}, "
            f"{token}) AND old_token <> new_token")
        if who in names:
            return agency, int(work), int(token), who
    return None


def recovery_s(site, before, seconds=60):
    """Until one more report is acknowledged than before."""
    start = time.monotonic()
    wait_until(lambda: len(site.ledger.reports) > before, seconds, "reports are taken in again")
    return time.monotonic() - start


def chance_of(seed):
    return random.Random(seed)
