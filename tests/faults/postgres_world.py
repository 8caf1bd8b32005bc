"""A scratch world for faults: a folder, processes in it, and an end that leaves nothing behind.

Every process that a world starts has its working folder below the world's folder; that is how they
are found at the end, also those that somebody else started for them (backends, namespaces). A
guardian, a process of its own, sees to the end where the test itself is killed.
"""
import datetime
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
FIXTURE = os.path.join(HERE, "..", "fixtures", "kasus")
SKIPPED = 77  # what CTest takes for a skipped test


class Skip(Exception):
    """This machine cannot have what the scenario needs."""


class Failed(Exception):
    """What must not happen has happened."""


def expect(condition, words):
    if not condition:
        raise Failed(words)


def wait_until(condition, seconds, what):
    """Asks until it is true; Failed after `seconds`. What the condition gave."""
    give_up = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > give_up:
            raise Failed(f"not within {seconds} s: {what}")
        time.sleep(0.02)


def seconds_until(condition, seconds, what):
    """How long it took."""
    start = time.monotonic()
    wait_until(condition, seconds, what)
    return time.monotonic() - start


def say(words):
    print(words, flush=True)


def processes_below(folder):
    found = []
    for name in os.listdir("/proc"):
        if not name.isdigit() or int(name) == os.getpid():
            continue
        try:
            where = os.readlink(f"/proc/{name}/cwd")
        except OSError:
            continue
        if where == folder or where.startswith(folder + "/"):
            found.append(int(name))
    return found


def sweep(folder):
    """Ends every process below the folder, unmounts what is mounted there, removes it."""
    for _ in range(200):
        left = processes_below(folder)
        for pid in left:
            try:
                os.kill(pid, signal.SIGKILL)
            except OSError:
                pass
        if not left:
            break
        time.sleep(0.02)
    with open("/proc/self/mounts", encoding="utf-8") as mounts:
        mounted = [line.split()[1] for line in mounts]
    for place in reversed(mounted):
        if place.startswith(folder + "/"):
            subprocess.run(["umount", "-l", place], check=False)
    shutil.rmtree(folder, ignore_errors=True)


def guard(folder):
    """Starts the guardian; it sweeps once this process is gone, however it went."""
    read_end, write_end = os.pipe()
    first = os.fork()
    if first:
        os.waitpid(first, 0)
        os.close(read_end)
        return write_end
    os.setsid()
    if os.fork():
        os._exit(0)
    os.close(write_end)
    os.chdir("/")
    nothing = os.open("/dev/null", os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    os.read(read_end, 1)
    if os.path.isdir(folder):
        sweep(folder)
    os._exit(0)


def registry_like(text, agency):
    return text.replace("64.09", agency)


def write_definitions(folder, agencies):
    """The fixture's definitions for as many agencies as asked, good in whatever year it is."""
    shutil.copytree(FIXTURE, folder)
    local = os.path.join(folder, "workflows", "64.09-penajam-paser-utara")
    for agency in agencies:
        if agency in ("64", "64.09"):
            continue
        own = os.path.join(folder, "workflows", f"{agency}-kabupaten")
        os.makedirs(own)
        for name in os.listdir(local):
            with open(os.path.join(local, name), encoding="utf-8") as source:
                text = source.read()
            with open(os.path.join(own, name), "w", encoding="utf-8") as target:
                target.write(registry_like(text, agency))
        with open(os.path.join(folder, "workflows/nasional/regions.csv"), "a") as regions:
            regions.write(f"{agency},Kabupaten {agency}\n{agency}.01,Kecamatan {agency}\n")
    years = ", ".join(str(y) for y in range(2027, max(2028, datetime.date.today().year + 3)))
    for base, _, names in os.walk(os.path.join(folder, "workflows")):
        for name in names:
            if not name.startswith("calendar"):
                continue
            path = os.path.join(base, name)
            with open(path, encoding="utf-8") as source:
                text = source.read()
            with open(path, "w", encoding="utf-8") as target:
                target.write(text.replace("provisional: [2027]", f"provisional: [{years}]"))


class World:
    def __init__(self, pintu, agencies=("64", "64.09")):
        self.pintu = os.path.abspath(pintu)
        self.folder = os.path.realpath(tempfile.mkdtemp(prefix="pintu-faults-"))
        self.guard = guard(self.folder)
        os.chmod(self.folder, 0o755)  # the server runs as another user where this one is root
        self.definitions = os.path.join(self.folder, "definitions")
        self.agencies = agencies
        write_definitions(self.definitions, agencies)
        self.logs = self.path("logs")
        os.makedirs(self.logs)
        self.inside = []  # words before each call of pintu: a network namespace
        self.started = 0
        self.lock = threading.Lock()

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if kind is not None and kind is not Skip:
            self.show_logs()
        sweep(self.folder)
        os.close(self.guard)

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def number(self):
        with self.lock:
            self.started += 1
            return self.started

    def show_logs(self):
        for name in sorted(os.listdir(self.logs)):
            with open(os.path.join(self.logs, name), encoding="utf-8", errors="replace") as log:
                lines = log.readlines()
            if lines:
                sys.stderr.write(f"--- {name}, its last lines\n" + "".join(lines[-12:]))

    def words(self, store, *words):
        return [*self.inside, self.pintu, "-C", self.definitions, "--lang", "en", "--store", store,
                *words]

    def call(self, store, *words, seconds=60, **more):
        """One command of pintu, to its end; its exit code, what it said on out and err."""
        done = subprocess.run(self.words(store, *words), cwd=self.folder, text=True, check=False,
                              capture_output=True, timeout=seconds, errors="replace", **more)
        return done.returncode, done.stdout, done.stderr

    def launch(self, store, *words, **more):
        """One command of pintu that goes on; the caller ends it."""
        return subprocess.Popen(self.words(store, *words), cwd=self.folder, text=True,
                                errors="replace", **more)


class Node:
    """`pintu run`, which may be killed, stopped and started again."""

    def __init__(self, world, name, store, *options):
        self.world, self.name, self.store, self.options = world, name, store, options
        self.log = os.path.join(world.logs, name)
        self.process = None

    def start(self):
        at = self.log_size()
        with open(self.log, "a", encoding="utf-8") as log:
            self.process = self.world.launch(self.store, "run", *self.options, stdout=log,
                                             stderr=log, stdin=subprocess.DEVNULL)
        self.from_byte = at
        return self

    def ready(self, seconds=30):
        wait_until(lambda: self.says(r"The engine runs|runs over") or self.ended(), seconds,
                   f"{self.name} runs")
        expect(not self.ended(), f"{self.name} ended with {self.process.poll()}:\n{self.tail()}")
        return self

    def log_size(self):
        return os.path.getsize(self.log) if os.path.exists(self.log) else 0

    def tail(self, start=None):
        with open(self.log, encoding="utf-8", errors="replace") as log:
            log.seek(self.from_byte if start is None else start)
            return log.read()

    def says(self, pattern, start=None):
        return re.search(pattern, self.tail(start)) is not None

    def ended(self):
        return self.process is None or self.process.poll() is not None

    def signal(self, number):
        if not self.ended():
            self.process.send_signal(number)

    def freeze(self):
        """SIGSTOP, and until it stands still."""
        self.signal(signal.SIGSTOP)

        def stands():
            threads = f"/proc/{self.process.pid}/task"
            for thread in os.listdir(threads):
                with open(f"{threads}/{thread}/stat", encoding="utf-8") as stat:
                    if stat.read().rsplit(")", 1)[1].split()[0] != "T":
                        return False
            return True
        wait_until(stands, 10, f"{self.name} stands still")

    def kill(self):
        self.signal(signal.SIGKILL)
        if self.process:
            self.process.wait()

    def stop(self, seconds=20):
        """As a person would: SIGTERM; its exit code."""
        self.signal(signal.SIGCONT)
        self.signal(signal.SIGTERM)
        return self.process.wait(seconds)
