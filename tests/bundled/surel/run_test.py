"""The surel plugin in a real node: a letter becomes a case that the rules route, and its answer comes back."""
import email
import email.policy
import shutil
import smtplib
import ssl
import subprocess
import sys
import tempfile
import unittest
from email.message import EmailMessage
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))
from node import Node, until

PINTU = str(Path(sys.argv.pop(1)).resolve())
SETTINGS = """plugins:
  surel:
    config:
      address: lapor@contoh.go.id
      imap_host: localhost
      imap_port: {imaps}
      imap_user: lapor
      smtp_host: localhost
      smtp_port: {smtp}
      smtp_user: lapor
      ca_file: {folder}/cert.pem
    secrets: {{imap_password: "file:{folder}/sandi", smtp_password: "file:{folder}/sandi"}}
"""


class Servers:
    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="surel-", dir="/tmp"))
        self.folder.chmod(0o755)
        self.process = subprocess.Popen(["/usr/bin/python3", "-B", HERE / "servers.py", self.folder],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        said = self.process.stdout.readline().split()
        self.imap, self.imaps, self.smtp, self.smtps = map(int, said[1:])
        (self.folder / "sandi").write_text("rahasia")

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(20)
        subprocess.run(["rm", "-rf", self.folder], check=False)

    def send(self, letter):
        context = ssl.create_default_context(cafile=self.folder / "cert.pem")
        with smtplib.SMTP("localhost", self.smtp) as server:
            server.starttls(context=context)
            server.login("lapor", "rahasia")
            server.send_message(letter)

    def letters(self, user, folder=""):
        maildir = self.folder / "users" / user / "Maildir"
        maildir = maildir / ("." + folder) if folder else maildir
        files = [path for sub in ("new", "cur") for path in (maildir / sub).glob("*")]
        return [email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
                for path in sorted(files, key=lambda path: path.name)]


def letter(number, text="Jalan berlubang parah di depan SD 012 Penajam, sudah dua minggu.", **headers):
    one = EmailMessage()
    one["From"], one["To"] = "Siti Aminah <siti@contoh.example>", "lapor@contoh.go.id"
    one["Subject"], one["Message-ID"] = "Jalan berlubang", f"<{number}@contoh.example>"
    for name, value in headers.items():
        del one[name.replace("_", "-")]
        one[name.replace("_", "-")] = value
    one.set_content(text)
    return one


class Surel(unittest.TestCase):
    def setUp(self):
        self.servers = Servers()
        self.addCleanup(self.servers.close)
        self.node = Node(PINTU, SETTINGS.format(**vars(self.servers)), ".")
        self.addCleanup(self.node.close)

    def cases(self):
        return {one["external_id"]: one for one in self.node.json("--agency", "64.09", "case", "list")}

    def answers(self):
        return [one for one in self.servers.letters("siti") if one["From"]]

    def test_a_letter_becomes_a_case_and_its_answer_comes_back_and_may_be_answered(self):
        first = letter("satu")
        first.add_attachment(b"bukti", maintype="application", subtype="octet-stream", filename="a.bin")
        self.servers.send(first)
        self.node.start("--agency", "64.09")
        case = until(lambda: self.cases().get("satu@contoh.example"), 60, "the case")
        self.assertTrue(case["owner"].startswith("64.09/"), case)
        until(lambda: self.servers.letters("lapor", "Selesai"), 30, "the letter in Selesai")
        answer = until(self.answers, 60, "the answer")[0]
        self.assertEqual(answer["In-Reply-To"], "<satu@contoh.example>")
        self.assertEqual(answer["Auto-Submitted"], "auto-replied")
        self.assertIn(case["tracking_id"], answer["Subject"] + answer.get_content())
        kept = [path for path in (self.node.folder / "var" / "blobs").rglob("*")
                if path.is_file() and path.read_bytes() == b"bukti"]
        self.assertTrue(kept)
        # The citizen answers to Reply-To, and an absent colleague's machine answers too.
        self.servers.send(letter("dua", "Tambahan: lubangnya makin dalam.", To=answer["Reply-To"]))
        self.servers.send(letter("tiga", "Saya cuti.", Auto_Submitted="auto-replied"))
        again = until(lambda: self.cases().get("dua@contoh.example"), 60, "the second case")
        shown = self.node.run("-o", "json", "--agency", "64.09", "case", "show", again["tracking_id"])
        until(lambda: self.servers.letters("lapor", "Otomatis"), 30, "the machine's letter laid aside")
        self.assertEqual(len(self.cases()), 2)
        self.assertIn("dua@contoh.example", shown)
        self.assertEqual(self.node.stop(), 130)

    def test_killed_between_any_two_steps_no_letter_is_lost_or_taken_twice(self):
        numbers = [f"k-{i}@contoh.example" for i in range(12)]
        for number in numbers:
            self.servers.send(letter(number.split("@")[0], f"Lampu jalan mati nomor {number}"))
        for count in (1, 4, 8, 12):
            self.node.start("--agency", "64.09")
            until(lambda: len(self.cases()) >= min(count, 12), 60, f"{count} cases")
            self.node.kill()
        self.node.start("--agency", "64.09")
        until(lambda: len(self.servers.letters("lapor", "Selesai")) == 12, 60, "all letters settled")
        self.assertEqual(sorted(self.cases()), sorted(numbers))
        until(lambda: len({one["Message-ID"] for one in self.answers()}) >= 12, 120, "the answers")
        self.assertEqual(self.servers.letters("lapor"), [])
        self.assertEqual(self.node.stop(), 130)


if __name__ == "__main__":
    aiosmtpd = subprocess.run(["/usr/bin/python3", "-c", "import aiosmtpd"], check=False, capture_output=True)
    if aiosmtpd.returncode or not (shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin")):
        sys.exit(77)
    unittest.main(verbosity=2)
