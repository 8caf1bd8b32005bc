"""A server whose disk is full, and servers that are not what the address promises."""
import os
import re
import shutil
import subprocess

from postgres_load import TRY_LATER
from postgres_site import Site
from postgres_standby import Pair
from postgres_world import Skip, expect, say


def small_disk(world, name, megabytes):
    place = world.path(name)
    os.makedirs(place)
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0777", "tmpfs",
                           place], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Skip(f"no small disk here: {done.stderr.strip()}")
    return place


def fill(place):
    with open(os.path.join(place, "ballast"), "wb") as ballast:
        try:
            while True:
                os.write(ballast.fileno(), bytes(65536))
        except OSError:
            pass


def disk_full(pintu, seed=1):
    """The tables on a disk that fills up: an error that says so, exit 75, nothing half-written."""
    if os.geteuid() != 0:
        raise Skip("mounting a small disk needs root")
    with Site(pintu) as site:
        place = small_disk(site.world, "disk", 64)
        site.create()
        space = os.path.join(place, "tables")
        os.makedirs(space)
        shutil.chown(space, "postgres", "postgres")
        site.cluster.sql(f"CREATE TABLESPACE small LOCATION '{space}'", database="postgres")
        site.cluster.sql("ALTER DATABASE pintu SET TABLESPACE small", database="postgres")
        sender = site.load(reports=0, senders=1, people=0, group=40).senders[0]
        sender.send([f"before-{i}" for i in range(40)])
        fill(place)
        ids = [f"full-{i}" for i in range(4000)]
        expect(not sender.once(ids), "intake took in more than the disk holds")
        expect(set(sender.exits) == {0, TRY_LATER}, f"exits {sender.exits}")
        expect(re.search(r"disk is full|No space left", sender.last_words()),
               f"intake did not say why: {sender.last_words()}")
        kept = len(site.ledger.reports)
        os.remove(os.path.join(place, "ballast"))
        rest = [e for e in ids if e in site.ledger.reports] + ids[-100:]
        sender.send(rest)
        site.start_nodes(1)
        site.settle()
        say(f"  full after {kept} reports: said so, exit 75; went on when there was space")
        site.must_be_whole()


def told(world, store, code, pattern, *words):
    """A command that cannot do its work: its exit code, and what it says."""
    exit_code, out, err = world.call(store, *(words or ("intake", world.path("one.jsonl"))))
    said = out + err
    expect(exit_code == code and re.search(pattern, said),
           f"{words}: exit {exit_code}, wanted {code} and {pattern}: {said}")
    expect("rahasia" not in said, f"a password was shown: {said}")
    say(f"  exit {exit_code}: {said.strip().splitlines()[0]}")


def not_that_server(pintu, seed=1):
    """Wrong addresses, passwords, databases; a standby; a schema of tomorrow."""
    with Pair(pintu) as site:
        world = site.world
        site.create()
        cluster = site.cluster
        with open(world.path("one.jsonl"), "w", encoding="utf-8") as file:
            file.write('{"channel":"web","external_id":"one-1","isi":"Jalan berlubang"}\n')
        sql = cluster.sql
        sql("CREATE DATABASE toko", database="postgres")
        sql("CREATE TABLE pelanggan (id int); GRANT ALL ON SCHEMA public TO pintu", database="toko")
        sql("CREATE ROLE tamu LOGIN", database="postgres")
        nowhere = cluster.url("x", host=world.path("nowhere"))
        told(world, nowhere, TRY_LATER, r"reach|connect")
        told(world, cluster.url("x", port="1"), TRY_LATER, r"reach|connect")
        told(world, "postgresql://pintu@/tidak_ada?host=" + cluster.folder, 1, r"tidak_ada")
        told(world, "postgresql://pintu@/toko?host=" + cluster.folder, 1, r"another program")
        told(world, cluster.url("x", role="tamu"), 1, r"lacks a right")
        told(world, "postgresql://pintu@/pintu?sslmode=entah&host=" + cluster.folder, 1,
             r"address|sslmode|understood")
        told(world, f"postgresql://pintu@/pintu?host={site.other.folder}", TRY_LATER,
             r"read-only|only (be )?read|standby|writ")
        hba = os.path.join(cluster.data, "pg_hba.conf")
        with open(hba, encoding="utf-8") as file:
            rules = file.read()
        with open(hba, "w", encoding="utf-8") as file:
            file.write("local all pintu scram-sha-256\n" + rules)
        sql("SELECT pg_reload_conf()", database="postgres")
        wrong = f"postgresql://pintu:rahasia-salah@/pintu?host={cluster.folder}"
        told(world, wrong, 1, r"password")
        right = f"postgresql://pintu:rahasia@/pintu?host={cluster.folder}"
        told(world, right, 0, r"accepted")
        newer(site, right)


def newer(site, store):
    """As a later version would leave it: the number of its schema is beyond ours."""
    table = site.cluster.value("SELECT table_name FROM information_schema.columns WHERE "
                               "table_name = 'pintu_schema' AND column_name = 'version'")
    expect(table, "no table pintu_schema(version)")
    site.cluster.sql("UPDATE pintu_schema SET version = version + 1000")
    told(site.world, store, 1, r"newer")
