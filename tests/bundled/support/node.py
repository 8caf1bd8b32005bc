"""A node of its own: a folder with the definitions of tests/fixtures/ppu, a pintu.yaml, and `pintu run`."""
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[3]


def until(condition, seconds=30.0, what="it"):
    """Asks every 20 ms; what the condition gave, or an error that says what did not come."""
    end = time.monotonic() + seconds
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > end:
            raise AssertionError(f"{what} did not come within {seconds:g} s")
        time.sleep(0.02)


class Node:
    def __init__(self, pintu, settings, definitions="tests/fixtures/ppu"):
        self.pintu = pintu
        self.folder = Path(tempfile.mkdtemp(prefix="pintu-node-"))
        for name in ("rules", "workflows"):
            shutil.copytree(SOURCE / definitions / name, self.folder / name)
        (self.folder / "pintu.yaml").write_text(settings)
        self.process = None

    def start(self, *words):
        with open(self.folder / "run.txt", "ab") as log:
            said = log.tell()
            self.process = subprocess.Popen([self.pintu, "run", *words], cwd=self.folder, stdout=log, stderr=log)
        until(lambda: "Ctrl-C" in self.said()[said:] or self.process.poll() is not None, 30, "the node")

    def kill(self):
        """As a power cut would: at once, and only the node; its plugins must end by themselves."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(timeout=20)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=40)

    def said(self):
        return (self.folder / "run.txt").read_text()

    def run(self, *words, code=0):
        done = subprocess.run([self.pintu, *words], cwd=self.folder, capture_output=True, text=True, timeout=60)
        assert done.returncode == code, f"{words}: {done.returncode}\n{done.stdout}{done.stderr}"
        return done.stdout

    def json(self, *words):
        return json.loads(self.run("-o", "json", *words))

    def close(self):
        if self.process and self.process.poll() is None:
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)
