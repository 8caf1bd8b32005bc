"""Throw-away PostgreSQL clusters below a world's folder: on a Unix socket of their own, as user
postgres where this process is root. Never touches one that is already there."""
import glob
import os
import shutil
import signal
import subprocess
import urllib.parse

from postgres_world import Failed, Skip, expect, wait_until

DATABASE = "pintu"
OWNER = "pintu"


def programs():
    """The folder of PostgreSQL's own programs, the newest that is installed."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"))
    if found:
        return os.path.dirname(found[-1])
    one = shutil.which("initdb")
    if one:
        return os.path.dirname(os.path.realpath(one))
    raise Skip("PostgreSQL's server is not installed")


def as_server(*words):
    """The server refuses to run as root."""
    return ["runuser", "-u", "postgres", "--", *words] if os.geteuid() == 0 else list(words)


class Cluster:
    """`inside`: words before the server's commands (a network namespace); `listen`: its address
    there; `trusted`: who may come by the network."""

    def __init__(self, world, name="primary", inside=(), listen="", trusted=""):
        self.world, self.name, self.inside, self.listen = world, name, list(inside), listen
        self.trusted = trusted
        self.programs = programs()
        self.folder = world.path(name)
        self.data = os.path.join(self.folder, "data")
        self.log = os.path.join(self.folder, "server.log")
        os.makedirs(self.folder)
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")

    def program(self, name, *words, check=True, seconds=60):
        done = subprocess.run(
            [*self.inside, *as_server(os.path.join(self.programs, name), *words)], cwd=self.folder,
            text=True, capture_output=True, check=False, timeout=seconds)
        if check and done.returncode != 0:
            raise Failed(f"{name} {' '.join(words)}: {done.stdout}{done.stderr}")
        return done

    # Settings that are the same in every cluster of a world; a later line wins.
    def configure(self, *lines):
        settings = [f"unix_socket_directories = '{self.folder}'",
                    f"listen_addresses = '{self.listen}'", "port = 5432", "max_connections = 80",
                    "shared_buffers = 64MB", "wal_level = replica", "max_wal_senders = 4",
                    "log_line_prefix = '%m [%p] %a '", "hot_standby = on",
                    "max_prepared_transactions = 0", *lines]
        with open(os.path.join(self.data, "postgresql.conf"), "a", encoding="utf-8") as file:
            file.write("\n".join(settings) + "\n")

    def create(self, *settings):
        self.program("initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
                     "--locale=C.UTF-8", "--no-sync", "--no-instructions")
        self.configure(*settings)
        if self.trusted:
            with open(os.path.join(self.data, "pg_hba.conf"), "a", encoding="utf-8") as rules:
                rules.write(f"host all all {self.trusted}/32 trust\n")
        self.start()
        self.sql(f"CREATE ROLE {OWNER} LOGIN PASSWORD 'rahasia'", database="postgres")
        self.sql(f"CREATE DATABASE {DATABASE} OWNER {OWNER}", database="postgres")
        return self

    def start(self):
        self.program("pg_ctl", "-D", self.data, "-l", self.log, "-w", "-t", "60", "start",
                     seconds=90)
        return self

    def stop(self, mode="fast"):
        self.program("pg_ctl", "-D", self.data, "-m", mode, "-w", "stop")

    def restart(self, mode="immediate"):
        self.program("pg_ctl", "-D", self.data, "-l", self.log, "-m", mode, "-w", "-t", "60",
                     "restart", seconds=90)

    def postmaster(self):
        with open(os.path.join(self.data, "postmaster.pid"), encoding="utf-8") as file:
            return int(file.readline())

    def kill(self):
        """As if the machine had gone: no process of it is left. The data stay."""
        pids = [self.postmaster()]
        for pid in os.listdir("/proc"):
            if not pid.isdigit():
                continue
            try:
                if os.readlink(f"/proc/{pid}/cwd") == os.path.realpath(self.data):
                    pids.append(int(pid))
            except OSError:
                pass
        for pid in pids:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        wait_until(lambda: not any(os.path.exists(f"/proc/{pid}") for pid in pids), 20,
                   f"{self.name} is gone")
        lock = os.path.join(self.data, "postmaster.pid")
        if os.path.exists(lock):
            os.remove(lock)

    def up(self):
        return self.program("pg_isready", "-h", self.folder, check=False).returncode == 0

    def sql(self, text, database=DATABASE, check=True, role="postgres", seconds=60):
        """The rows of a statement, each a list of texts."""
        done = subprocess.run(
            [os.path.join(self.programs, "psql"), "-XAtq", "-F", "\x1f", "-v", "ON_ERROR_STOP=1",
             "-h", self.folder, "-U", role, "-d", database, "-c", text], cwd=self.world.folder,
            text=True, capture_output=True, check=False, timeout=seconds)
        if done.returncode != 0:
            if not check:
                return None
            raise Failed(f"{text}: {done.stderr}")
        return [line.split("\x1f") for line in done.stdout.splitlines()]

    def value(self, text, **more):
        rows = self.sql(text, **more)
        return rows[0][0] if rows else None

    def script(self, text):
        return self.sql(text)

    def url(self, application, role=OWNER, **settings):
        """The store's address for one process; the server knows it by the application's name."""
        settings = {"host": self.folder, "application_name": application, **settings}
        return f"postgresql://{role}@/{DATABASE}?" + urllib.parse.urlencode(settings, safe="/")

    def copy_to(self, standby, slot_name="standby"):
        """pg_basebackup into another cluster of the same world, ready to follow this one."""
        self.program("pg_basebackup", "-D", standby.data, "-h", self.folder, "-U", "postgres",
                     "-X", "stream", "-c", "fast", "-R", "--no-sync", seconds=120)
        with open(os.path.join(standby.data, "postgresql.auto.conf"), encoding="utf-8") as file:
            expect("primary_conninfo" in file.read(), "pg_basebackup -R left no primary_conninfo")
        with open(os.path.join(standby.data, "postgresql.auto.conf"), "a",
                  encoding="utf-8") as file:
            file.write(f"primary_conninfo = 'host={self.folder} user=postgres "
                       f"application_name={slot_name}'\n")
        standby.configure("synchronous_standby_names = ''")
        standby.start()

    def promote(self):
        self.program("pg_ctl", "-D", self.data, "-w", "promote")
