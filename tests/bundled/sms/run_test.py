"""The sms plugin in a real node beside gammu-smsd: an SMS becomes a case, and its answer goes to the phone."""
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))
from node import Node, until

PINTU = str(Path(sys.argv.pop(1)).resolve())
MARK = Path(sys.argv.pop(1)).resolve()
SCHEMA = Path("/usr/share/doc/gammu-smsd/examples/sqlite.sql")
SETTINGS = """plugins:
  sms:
    config: {{folder: {folder}, time_zone: "+00:00", look_seconds: 3600}}
"""
CONFIG = """[gammu]
model = dummy
connection = none
port = {folder}/phone
[smsd]
service = SQL
driver = sqlite3
dbdir = {folder}/
database = smsd.db
logfile = {folder}/smsd.log
runonreceive = {mark} {folder}
commtimeout = 1
receivefrequency = 1
loopsleep = 1
statusfrequency = 0
checksecurity = 0
checknetwork = 0
"""
TEXT = "Jalan berlubang parah di depan SD 012 Penajam. " * 8 + "Mohon segera diperbaiki"


class Sms(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="sms-"))
        self.addCleanup(shutil.rmtree, self.folder, True)
        for sub in ("sms/1", "sms/2", "sms/3", "sms/4", "sms/5", "pbk/ME", "note/ME", "todo/ME", "calendar/ME",
                    "alarm/ME"):
            (self.folder / "phone" / sub).mkdir(parents=True)
        (self.folder / "smsdrc").write_text(CONFIG.format(folder=self.folder, mark=MARK))
        with sqlite3.connect(self.folder / "smsd.db") as database:
            database.executescript(SCHEMA.read_text())
        self.node = Node(PINTU, SETTINGS.format(folder=self.folder), ".")
        self.addCleanup(self.node.close)

    def receive(self, text):
        subprocess.run(["gammu", "-c", self.folder / "smsdrc", "savesms", "TEXT", "-folder", "1", "-unread", "-sender",
                        "+628120000001", "-len", "2000", "-autolen", "2000"], input=text, text=True, check=True,
                       stdout=subprocess.DEVNULL)
        for piece in (self.folder / "phone" / "sms" / "1").iterdir():
            piece.write_text(piece.read_text().replace("PDU = Submit", "PDU = Deliver"))

    def rows(self, sql):
        with sqlite3.connect(self.folder / "smsd.db", timeout=20) as database:
            return database.execute(sql).fetchall()

    def test_an_sms_becomes_a_case_and_its_answer_goes_back_to_its_sender(self):
        self.receive(TEXT)
        smsd = subprocess.Popen(["gammu-smsd", "-c", self.folder / "smsdrc"], stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL)
        self.addCleanup(smsd.wait)
        self.addCleanup(smsd.terminate)
        self.node.start("--agency", "64.09")
        case = until(lambda: self.node.json("--agency", "64.09", "case", "list"), 60, "the case")[0]
        self.assertEqual(case["channel"], "sms")
        self.assertTrue(case["owner"].startswith("64.09/"), case)
        shown = self.node.run("--agency", "64.09", "-o", "json", "case", "list")
        self.assertNotIn("62812", shown)
        until(lambda: not self.rows("SELECT 1 FROM inbox WHERE Processed = 'false'"), 30, "the inbox processed")
        sent = until(lambda: self.rows("SELECT TextDecoded, DestinationNumber FROM sentitems"
                                       " WHERE Status LIKE 'SendingOK%' ORDER BY ID, SequencePosition"), 60, "the answer")
        self.assertEqual({number for _, number in sent}, {"+628120000001"})
        until(lambda: case["tracking_id"] in "".join(text for text, _ in self.rows(
            "SELECT TextDecoded, 1 FROM sentitems ORDER BY ID, SequencePosition")), 30, "its number in the answer")
        self.assertEqual(self.node.stop(), 130)


if __name__ == "__main__":
    if not shutil.which("gammu-smsd") or not SCHEMA.exists():
        sys.exit(77)
    unittest.main(verbosity=2)
