"""A server behind a network of its own, which can be cut without a word: three namespaces, the
clients', a router's and the server's. They are gone with the processes that hold them, and nothing
of the machine's own network is touched."""
import os
import shutil
import subprocess

from postgres_world import Failed, Skip, wait_until

CLIENT, CLIENT_GATE = "10.213.7.1", "10.213.7.2"
SERVER_GATE, SERVER = "10.213.7.5", "10.213.7.6"


def run(*words):
    done = subprocess.run(words, text=True, capture_output=True, check=False)
    if done.returncode != 0:
        raise Failed(f"{' '.join(words)}: {done.stderr}")


class Namespace:
    def __init__(self, world):
        self.holder = subprocess.Popen(["unshare", "--net", "sleep", "infinity"], cwd=world.folder,
                                       stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        own = os.readlink("/proc/self/ns/net")

        def apart():
            if self.holder.poll() is not None:
                raise Skip(f"no network namespaces here: {self.holder.stderr.read().strip()}")
            return os.readlink(f"/proc/{self.holder.pid}/ns/net") != own
        wait_until(apart, 10, "a network namespace")
        self.pid = str(self.holder.pid)
        self.inside = ["nsenter", "--target", self.pid, "--net"]
        self.run("ip", "link", "set", "lo", "up")

    def run(self, *words):
        run(*self.inside, *words)


class Network:
    """client -- router -- server. The router drops what it is told to, and says nothing."""

    def __init__(self, world):
        if os.geteuid() != 0:
            raise Skip("network namespaces need root")
        for tool in ("ip", "unshare", "nsenter"):
            if not shutil.which(tool):
                raise Skip(f"{tool} is not installed (iproute2, util-linux)")
        self.client, self.router, self.server = (Namespace(world) for _ in range(3))
        self.wire(self.client, "c0", CLIENT, self.router, "r0", CLIENT_GATE)
        self.wire(self.server, "s0", SERVER, self.router, "r1", SERVER_GATE)
        self.client.run("ip", "route", "add", "default", "via", CLIENT_GATE)
        self.server.run("ip", "route", "add", "default", "via", SERVER_GATE)
        # /proc/sys/net shows the namespace of whoever opens it.
        self.router.run("sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward")

    def wire(self, one, name, address, other, other_name, other_address):
        one.run("ip", "link", "add", name, "type", "veth", "peer", "name", other_name, "netns",
                other.pid)
        for space, link, at in ((one, name, address), (other, other_name, other_address)):
            space.run("ip", "address", "add", f"{at}/30", "dev", link)
            space.run("ip", "link", "set", link, "up")

    def cut_to(self, address):
        """Packets to it vanish in the router; those from it still pass."""
        self.router.run("ip", "route", "replace", "blackhole", f"{address}/32")

    def mend(self):
        for address in (CLIENT, SERVER):
            subprocess.run([*self.router.inside, "ip", "route", "del", "blackhole",
                            f"{address}/32"], capture_output=True, check=False)
