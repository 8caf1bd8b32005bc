"""A primary and its standby: what was acknowledged is on the promoted standby, and what the server
did not vouch for was not acknowledged."""
from postgres_cluster import Cluster
from postgres_crash import server_is_back
from postgres_load import Sender, Worker
from postgres_site import Site, recovery_s
from postgres_world import expect, say, seconds_until, wait_until

SYNCHRONOUS = "synchronous_standby_names = 'standby'"
STREAMS = "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'"
IN_STEP = STREAMS + " AND sync_state = 'sync'"
KEPT = "SELECT count(*) FROM cases"
WAITS_FOR_STANDBY = """
SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND application_name LIKE '{who}'
"""


class Pair(Site):
    """Two servers; every process has both in its address and asks for the one that writes."""

    def create(self, *settings, **more):
        super().create(*settings, **more)
        self.follow(self.cluster, "standby")
        return self

    def follow(self, primary, name):
        self.other = Cluster(self.world, name)
        primary.copy_to(self.other)
        wait_until(lambda: primary.value(STREAMS) == "1", 30, "the standby streams")

    def make_synchronous(self):
        self.cluster.configure(SYNCHRONOUS)
        self.cluster.sql("SELECT pg_reload_conf()", database="postgres")
        wait_until(lambda: self.cluster.value(IN_STEP) == "1", 30, "the standby is in step")

    def url_of(self, application):
        if not hasattr(self, "other"):
            return super().url_of(application)
        return self.cluster.url(application, host=f"{self.cluster.folder},{self.other.folder}",
                                port="5432,5432", target_session_attrs="read-write")

    def fail_over(self):
        """The primary is gone for ever; the standby becomes it."""
        self.cluster.kill()
        if not self.other.up():
            self.other.start()
        self.other.promote()
        self.cluster, self.other = self.other, self.cluster


def failover(pintu, seed=1, reports=360):
    """The primary is killed in the middle of the work."""
    with Pair(pintu) as site:
        site.create()
        site.make_synchronous()
        site.start_nodes(2)
        load = site.load(reports=reports, group=24, senders=2, people=1, seed=seed).start()
        load.wait_for(0.4)
        before = load.sent()
        site.fail_over()
        server_is_back(site)
        seconds = recovery_s(site, before)
        load.finish()
        site.settle()
        say(f"  primary killed after {before} of {reports} reports; taken in again {seconds:.2f} s "
            "after the promotion")
        site.must_be_whole()


def waiting(site, who):
    rows = site.cluster.sql(WAITS_FOR_STANDBY.format(who=who), check=False)
    return int(rows[0][0]) if rows else None


def ask_once(site, name, external_id, meanwhile):
    """One `intake` that waits for the standby; what the ledger and the exit say of it."""
    sender = Sender(site.world, site.ledger, site.url_of(name), name)
    worker = Worker(name, lambda: sender.once([external_id]))
    worker.start()
    pid = wait_until(lambda: waiting(site, name), 30, f"{name} waits for the standby")
    meanwhile(pid, sender)
    return worker, sender


def unreplicated(pintu, seed=1):
    """The server gives up waiting for its standby (WARNING: canceling wait ...), or the connection
    is ended while it waits: the report is on the primary, and is not acknowledged. Nor when it is
    sent again, as long as the standby has it not."""
    with Pair(pintu) as site:
        site.create()
        site.make_synchronous()
        site.load(reports=0, senders=1, people=0).senders[0].send(["sound-1", "sound-2"])
        site.other.stop()
        cluster = site.cluster
        ends = {"cancelled": "pg_cancel_backend", "terminated": "pg_terminate_backend"}
        for name, function in ends.items():
            external_id = f"{name}-1"
            before = int(cluster.value(KEPT))

            def give_up(pid, _, function=function):
                cluster.sql(f"SELECT {function}({pid})")

            worker, sender = ask_once(site, f"intake-{name}", external_id, give_up)
            # It may wait again for the standby, to learn what became of it: as often as it does, it
            # is sent away again.
            def ended(worker=worker, function=function, name=name):
                pid = waiting(site, f"intake-{name}")
                if pid:
                    cluster.sql(f"SELECT {function}({pid})")
                return not worker.is_alive()

            seconds = seconds_until(ended, 90, f"intake {name} ends")
            worker.finish(1)
            expect(site.ledger.reports.get(external_id) is None,
                   f"{name}: a report was acknowledged that the standby does not have")
            expect(int(cluster.value(KEPT)) == before + 1,
                   f"{name}: the primary was to have it; control of the test itself")
            say(f"  {name}: not acknowledged, exit {sender.exits} after {seconds:.1f} s")

        def primary_dies(pid, sender):
            sender.kill()

        worker, sender = ask_once(site, "intake-again", "cancelled-1", primary_dies)
        worker.finish(30)
        expect(site.ledger.reports.get("cancelled-1") is None,
               "sent again: acknowledged although the standby does not have it")
        say("  sent again while the standby is away: waits, is not acknowledged")
        site.fail_over()
        kept = site.cluster.value(KEPT)
        expect(kept == "2", f"the standby was to know nothing of them, has {kept} cases")
        sender = site.load(reports=0, senders=1, people=0).senders[0]
        sender.send(["cancelled-1", "terminated-1", "sound-3"])
        site.start_nodes(1)
        site.settle()
        site.must_be_whole()


def lost_without_sync(pintu, seed=1, reports=60):
    """The control: where the primary does not wait for its standby, work that was acknowledged is
    lost with it, and the ledger says so."""
    with Pair(pintu) as site:
        site.create()
        sender = site.load(reports=0, senders=1, people=0, group=20).senders[0]
        sender.send([f"kept-{i}" for i in range(reports)])
        wait_until(lambda: site.cluster.value(
            "SELECT count(*) FROM pg_stat_replication WHERE replay_lsn = pg_current_wal_lsn()")
            == "1", 30, "the standby has all")
        site.other.stop()
        sender.send([f"lost-{i}" for i in range(reports)])
        site.fail_over()
        site.start_nodes(1)
        site.settle()
        verdict = site.check()
        say(f"  without synchronous replication: {verdict.words()}")
        expect(verdict.missing == reports,
               f"the ledger was to miss {reports} reports:\n  " + "\n  ".join(verdict.examples))
        say(f"  control: {verdict.missing} of {2 * reports} acknowledged reports are found missing")
