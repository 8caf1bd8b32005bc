"""A Dovecot and an SMTP server of our own, in a folder, until standard input ends.

Prints one line when both answer: "ready IMAP IMAPS SMTP SMTPS" (ports). Letters to anybody are laid into
FOLDER/users/LOCAL/Maildir (without what follows a plus), which Dovecot serves to the user LOCAL with
the password "rahasia". The SMTP server refuses tolak@ for good and nanti@ for now, and a letter with
"X-Tolak" in its text. Exit code 77: there is no Dovecot or no aiosmtpd.
"""
import grp
import os
import pwd
import random
import shutil
import socket
import ssl
import subprocess
import sys
import time
from pathlib import Path

try:
    from aiosmtpd.controller import Controller
    from aiosmtpd.smtp import SMTP, AuthResult
except ImportError:
    sys.exit(77)

DOVECOT = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin")
CONFIG = """
base_dir = {run}
state_dir = {folder}/state
log_path = {folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login
{users}
first_valid_uid = 0
first_valid_gid = 0
mail_location = maildir:{folder}/users/%n/Maildir
mail_uid = {uid}
mail_gid = {gid}
{capability}
passdb {{
  driver = static
  args = password=rahasia
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/users/%n
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


def free_port():
    """Below those that the system hands out: any connection could have such a one before it is listened at."""
    for _ in range(100):
        port = random.randrange(20000, 32000)
        with socket.socket() as found:
            try:
                found.bind(("127.0.0.1", port))
                return port
            except OSError:
                pass
    sys.exit("no port is free")


def certificate(folder):
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
         "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
         "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout",
         folder / "key.pem", "-out", folder / "cert.pem"],
        check=True, stderr=subprocess.DEVNULL)


class Owner:
    """Whose mail it is: nobody's where we are root (Dovecot serves none of root's), else ours."""

    def __init__(self):
        self.root = os.geteuid() == 0
        nobody = pwd.getpwnam("nobody")
        self.uid = nobody.pw_uid if self.root else os.geteuid()
        self.gid = nobody.pw_gid if self.root else os.getegid()

    def users(self):
        if self.root:
            return "default_login_user = dovenull\ndefault_internal_user = dovecot"
        name = pwd.getpwuid(self.uid).pw_name
        group = grp.getgrgid(self.gid).gr_name
        return f"default_login_user = {name}\ndefault_internal_user = {name}\ndefault_internal_group = {group}"

    def give(self, path):
        if self.root:
            os.chown(path, self.uid, self.gid)


class Store:
    def __init__(self, folder, owner):
        self.folder, self.owner, self.count = folder, owner, 0

    def maildir(self, local):
        home = self.folder / "users" / local
        for path in [home, home / "Maildir"] + [home / "Maildir" / sub for sub in ("tmp", "new", "cur")]:
            if not path.exists():
                path.mkdir()
                self.owner.give(path)
        return home / "Maildir"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("tolak@"):
            return "550 5.1.1 tidak ada orang itu"
        if address.startswith("nanti@"):
            return "451 4.3.0 nanti saja"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if b"X-Tolak" in envelope.content:
            return "554 5.7.1 isi tidak diterima"
        for address in envelope.rcpt_tos:
            self.count += 1
            local = address.split("@")[0].split("+")[0]
            maildir = self.maildir(local)
            name = f"{time.time_ns()}.{self.count}.uji"
            lines = f"Return-Path: <{envelope.mail_from}>\r\nDelivered-To: {address}\r\n".encode()
            path = maildir / "tmp" / name
            path.write_bytes((lines + envelope.content).replace(b"\r\n", b"\n"))
            self.owner.give(path)
            path.rename(maildir / "new" / name)
        return "250 OK"


def authenticate(server, session, envelope, mechanism, data):
    good = data.login == b"lapor" and data.password == b"rahasia"
    return AuthResult(success=good, handled=False)


def smtp_servers(folder, store):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    starttls = Controller(store, hostname="127.0.0.1", port=free_port(),
                          server_kwargs={"tls_context": context, "require_starttls": True,
                                         "authenticator": authenticate, "auth_required": True})
    smtps = Controller(store, hostname="127.0.0.1", port=free_port(), ssl_context=context,
                       server_kwargs={"authenticator": authenticate, "auth_require_tls": False})
    starttls.start()
    smtps.start()
    return starttls, smtps


def wait_for(port):
    for _ in range(200):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1) as found:
                if found.recv(4):
                    return
        except OSError:
            pass
        time.sleep(0.05)
    sys.exit("nothing answers at port %d" % port)


def main():
    folder = Path(sys.argv[1]).resolve()
    capability = "imap_capability = " + sys.argv[2] if len(sys.argv) > 2 else ""
    if not DOVECOT:
        sys.exit(77)
    owner = Owner()
    certificate(folder)
    for name in ("users", "state"):
        (folder / name).mkdir()
    run = folder / "run"
    owner.give(folder / "users")
    ports = {"imap": free_port(), "imaps": free_port()}
    (folder / "dovecot.conf").write_text(CONFIG.format(
        folder=folder, run=run, users=owner.users(), uid=owner.uid, gid=owner.gid,
        capability=capability, **ports))
    store = Store(folder, owner)
    store.maildir("lapor")
    dovecot = subprocess.Popen([DOVECOT, "-F", "-c", folder / "dovecot.conf"],
                               stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        starttls, smtps = smtp_servers(folder, store)
        wait_for(ports["imap"])
        print("ready", ports["imap"], ports["imaps"], starttls.port, smtps.port, flush=True)
        sys.stdin.read()
        starttls.stop()
        smtps.stop()
    finally:
        dovecot.terminate()
        dovecot.wait(10)


if __name__ == "__main__":
    main()
