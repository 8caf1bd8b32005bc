"""A network that is cut without a word: nobody hangs, and the work goes on when it is mended."""
import os
import re
import subprocess
import sys
import time

from postgres_load import Worker
from postgres_network import CLIENT, SERVER, Network
from postgres_site import Site, recovery_s
from postgres_world import expect, say, seconds_until, wait_until

# What a node may take to notice: tcp_user_timeout, or keepalives, and a statement's own limit.
BOUND_S = 45


class FarSite(Site):
    """The nodes are in one network, the server in another; the test asks over the Unix socket."""

    def create(self, *settings, **more):
        self.network = Network(self.world)
        self.world.inside = self.network.client.inside
        return super().create(*settings, inside=self.network.server.inside, listen=SERVER,
                              trusted=CLIENT)

    def url_of(self, application):
        return self.cluster.url(application, host=SERVER)


class PlainClient:
    """psql with libpq's defaults, as the control: it asks once before the cut and once after."""

    def __init__(self, site):
        self.process = subprocess.Popen(
            [*site.network.client.inside, os.path.join(site.cluster.programs, "psql"), "-XAtq",
             "-h", SERVER, "-U", "pintu", "-d", "pintu"], cwd=site.world.folder, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.ask()
        expect(self.process.stdout.readline() == "1\n", "psql does not reach the server")

    def ask(self):
        self.process.stdin.write("SELECT 1;\n")
        self.process.stdin.flush()

    def hangs(self):
        return self.process.poll() is None

    def close(self):
        self.process.kill()
        self.process.wait()


def one_cut(site, what, cut):
    """Everything that runs is cut off; how long each took to say so, and to come back."""
    node = site.nodes[0]
    plain = PlainClient(site)
    start = node.log_size()
    load = site.load(reports=100_000, group=50, senders=1, people=0)
    sender = load.senders[0]
    before = len(site.ledger.reports)
    ids = [f"{what.replace(' ', '')}-{i}" for i in range(400)]
    worker = Worker("intake", lambda: sender.send(ids))
    worker.start()
    wait_until(lambda: len(site.ledger.reports) >= before + 100, 60, "reports come in")
    cut()
    at = time.monotonic()
    plain.ask()
    acknowledged = len(site.ledger.reports)
    noticed = {}

    def all_noticed():
        if "the node" not in noticed and node.says(r"ST02\d|not (be )?reach|connection", start):
            noticed["the node"] = time.monotonic() - at
        if "intake" not in noticed and sender.exits.get(75):
            noticed["intake"] = time.monotonic() - at
        return len(noticed) == 2

    wait_until(all_noticed, BOUND_S, f"{what}: noticed by node and intake; so far {noticed}")
    hangs = plain.hangs()
    plain.close()
    site.network.mend()
    back = recovery_s(site, acknowledged)
    worker.finish(120)
    words = ", ".join(f"{who} {seconds:.1f} s" for who, seconds in sorted(noticed.items()))
    say(f"  {what}: noticed by {words}; reports taken in {back:.1f} s after it was mended")
    expect(hangs, f"{what}: the control was to hang; libpq's defaults would do")
    say("  control: a client with libpq's defaults still hung then")


class HalfBatch:
    """A client of the wire protocol that sends the beginning of a batch, a row locked by it, and is
    cut off before the rest: no timeout of the server's runs then, but those of its connection."""

    LOCK = "SELECT agency FROM agenda WHERE work = 3 FOR UPDATE"

    def __init__(self, site, settings):
        words = [*site.network.client.inside, sys.executable, "-c", HALF_BATCH, SERVER, settings,
                 self.LOCK]
        self.process = subprocess.Popen(words, cwd=site.world.folder, stdout=subprocess.PIPE,
                                        text=True)
        expect(self.process.stdout.readline() == "sent\n", "the half of a batch was not sent")

    def close(self):
        self.process.kill()
        self.process.wait()


# Startup without a password; then BEGIN, settings and the lock, and no Sync.
HALF_BATCH = r"""
import socket, struct, sys, time
host, settings, lock = sys.argv[1:]
wire = socket.create_connection((host, 5432))
def say(kind, body):
    wire.sendall(kind + struct.pack('!i', len(body) + 4) + body)
words = b'user\0pintu\0database\0pintu\0application_name\0half\0\0'
say(b'', struct.pack('!i', 196608) + words)
while b'Z\0\0\0\5I' not in wire.recv(65536):
    pass
for sql in ('BEGIN', settings, lock):
    say(b'P', b'\0' + sql.encode() + b'\0' + struct.pack('!h', 0))
    say(b'B', b'\0\0' + struct.pack('!hhh', 0, 0, 0))
    say(b'E', b'\0' + struct.pack('!i', 0))
print('sent', flush=True)
time.sleep(600)
"""
HALVES = """
SELECT count(*) FROM pg_stat_activity WHERE application_name = 'half' AND query LIKE '%FOR UPDATE'
"""
# As it is sent with each transaction (adapters/store/postgres/connection.cpp).
AS_NODES_DO = re.compile(r" node-1 LOG: .*(SELECT set_config\('statement_timeout'.*)$", re.M)


def half_a_batch(site):
    """A batch that was cut in its middle gives its locks back in time."""
    with open(site.cluster.log, encoding="utf-8") as log:
        sent = AS_NODES_DO.search(log.read())
    expect(sent, "what nodes set for their transactions is not in the server's log")
    for settings, ends in ((sent.group(1), True), ("SELECT 1", False)):
        client = HalfBatch(site, settings)
        wait_until(lambda: site.cluster.value(HALVES) == "1", 10, "half of a batch has come in")
        site.network.cut_to(CLIENT)
        site.network.cut_to(SERVER)
        client.close()
        if ends:
            seconds = seconds_until(lambda: site.cluster.value(HALVES) == "0", BOUND_S,
                                    "the server gives up a client that was cut off")
            say(f"  half a batch: its locks were given back {seconds:.1f} s after the cut")
        else:
            time.sleep(1.5 * seconds)  # so much longer, and it is still there
            expect(site.cluster.value(HALVES) == "1", "the control was to hold its locks on")
            say(f"  control: with the server's defaults it holds them after {1.5 * seconds:.0f} s")
        site.network.mend()


def cut(pintu, seed=1, rounds=1):
    with FarSite(pintu) as site:
        site.create("log_statement = all")
        site.start_nodes(1)
        network = site.network

        def both():
            network.cut_to(SERVER)
            network.cut_to(CLIENT)
        one_cut(site, "cut", both)
        one_cut(site, "cut from the server", lambda: network.cut_to(CLIENT))
        if rounds > 1:
            one_cut(site, "cut to the server", lambda: network.cut_to(SERVER))
        site.settle()
        half_a_batch(site)
        site.must_be_whole()
