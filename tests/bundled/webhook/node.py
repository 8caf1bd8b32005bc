"""A real `pintu run` with the webhook plugin in its sandbox, and a receiver on loopback."""
import base64
import hashlib
import hmac
import http.client
import http.server
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import time

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..")
PATH = "/plugin/webhook/masuk"


def wait_for(condition, seconds, what):
    """Asks until it is true: what it gave. AssertionError after `seconds`."""
    give_up = time.monotonic() + seconds
    while time.monotonic() < give_up:
        value = condition()
        if value:
            return value
        time.sleep(0.02)
    raise AssertionError(f"not within {seconds} s: {what}")


def new_key():
    return "whsec_" + base64.b64encode(os.urandom(32)).decode()


def signature(key, id, at, body):
    secret = base64.b64decode(key[6:]) if key.startswith("whsec_") else key.encode()
    digest = hmac.new(secret, f"{id}.{at}.".encode() + body, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()


class Receiver:
    """Takes what is posted; `statuses` are given one after the other, then 204."""

    def __init__(self):
        self.events = []
        self.statuses = []
        self.lock = threading.Lock()
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                with receiver.lock:
                    status = receiver.statuses.pop(0) if receiver.statuses else 204
                    receiver.events.append((dict(self.headers), body, status))
                self.send_response(status)
                self.send_header("Location", "/lain")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def of(self, external_id):
        """What came for one report: (headers, event, status), the oldest first."""
        with self.lock:
            all_of_them = [(h, json.loads(b), s) for h, b, s in self.events]
        return [e for e in all_of_them if e[1]["data"].get("external_id") == external_id]

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Node:
    def __init__(self, pintu, receiver_port, config="", trusted=False):
        self.pintu = pintu
        self.folder = tempfile.mkdtemp(prefix="pintu-webhook-")
        for name in ("rules", "workflows"):
            shutil.copytree(os.path.join(ROOT, name), os.path.join(self.folder, name))
        self.receive_key, self.send_key = new_key(), new_key()
        self.write("receive.key", self.receive_key + "\n")
        self.write("send.key", self.send_key + "\n")
        self.write("pintu.yaml", f"""
store: sqlite:{self.folder}/var/pintu.db
http: 127.0.0.1:0
plugins:
  webhook:
    trusted: {"yes" if trusted else "no"}
    config: {{send_host: 127.0.0.1, send_port: {receiver_port}, send_path: /terima,
              send_tls: no{config}}}
    secrets: {{receive: "file:receive.key", send: "file:send.key"}}
""")
        self.process = None
        self.output = os.path.join(self.folder, "output")
        self.address = None

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path + ".new", "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(path + ".new", path)

    def start(self, ready=401):
        with open(self.output, "w", encoding="utf-8") as output:
            self.process = subprocess.Popen(
                [self.pintu, "-C", self.folder, "run"], stdout=output, stderr=output)
        self.address = wait_for(self.heard_address, 60, "the listener")
        wait_for(lambda: self.post("?", b"", {})[0] == ready, 60, "the plugin's route")
        return self

    def heard_address(self):
        if self.process.poll() is not None:
            raise AssertionError("pintu run ended: " + self.said())
        found = re.search(r"127\.0\.0\.1:\d+", self.said())
        return found and found.group(0)

    def said(self):
        with open(self.output, encoding="utf-8") as output:
            return output.read()

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)

    def close(self):
        if self.process and self.process.poll() is None:
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def plugin_processes(self):
        """Those that run the plugin's file, for the node or behind its launcher."""
        found = []
        for name in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{name}/maps", encoding="utf-8") as maps:
                    if "libwebhook.so" in maps.read() and self.is_below(int(name)):
                        found.append(int(name))
            except OSError:
                pass
        return found

    def is_below(self, pid):
        while pid > 1:
            if pid == self.process.pid:
                return True
            with open(f"/proc/{pid}/stat", encoding="utf-8") as stat:
                pid = int(stat.read().rsplit(")", 1)[1].split()[1])
        return False

    def request(self, method, path, body, headers):
        """(status, document, headers); `headers`: a list of pairs, or a dict."""
        connection = http.client.HTTPConnection(self.address, timeout=30)
        try:
            connection.putrequest(method, path)
            for name, value in headers.items() if isinstance(headers, dict) else headers:
                connection.putheader(name, value)
            if method == "POST":
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body if method == "POST" else None)
            response = connection.getresponse()
            text = response.read()
            return response.status, json.loads(text) if text else None, dict(response.getheaders())
        finally:
            connection.close()

    def post(self, path, body, headers):
        return self.request("POST", PATH if path == "?" else path, body, headers)

    def deliver(self, id, body, at=None, key=None, type="application/json"):
        """A report as a sender would send it; dicts become JSON."""
        body = body if isinstance(body, bytes) else json.dumps(body).encode()
        at = int(time.time()) if at is None else at
        return self.post("?", body, {
            "Content-Type": type, "webhook-id": id, "webhook-timestamp": str(at),
            "webhook-signature": signature(key or self.receive_key, id, at, body)})

    def ask(self, id):
        at = int(time.time())
        return self.request("GET", PATH, b"", {
            "webhook-id": id, "webhook-timestamp": str(at),
            "webhook-signature": signature(self.receive_key, id, at, b"")})

    def cases(self):
        done = subprocess.run([self.pintu, "-C", self.folder, "case", "list", "--limit", "1000",
                               "-o", "json"], capture_output=True, text=True, check=False)
        return {c["external_id"]: c for c in json.loads(done.stdout)} if done.returncode == 0 else {}
