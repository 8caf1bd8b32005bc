"""A photo in a real node: looked at in the sandbox, kept as it came and as others see it, erased with its case."""
import json
import os
import shutil
import struct
import sys
import unittest
import zlib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from node import Node, until

PINTU = sys.argv.pop(1)
SETTINGS = """plugins:
  berkas:
    config: {folder: berkas, quiet_s: 0}
  bukti:
"""


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(*more):
    rows = b"".join(b"\0" + bytes(12) for _ in range(4))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 4, 4, 8, 2, 0, 0, 0)) + b"".join(more)
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


class Evidence(unittest.TestCase):
    def setUp(self):
        self.node = Node(PINTU, SETTINGS)
        self.addCleanup(self.node.close)
        self.inbox = self.node.folder / "berkas" / "masuk"
        self.inbox.mkdir(parents=True)

    def bring(self, *files):
        """One report with these files; its tracking id."""
        for name, content in files:
            (self.inbox / name).write_bytes(content)
        one = {"external_id": "a-1", "isi": "Jalan berlubang", "place": {"region": "64.09.01"},
               "attachments": [{"name": name, "path": name} for name, _ in files]}
        beside = self.inbox / "a.jsonl.tmp"
        beside.write_text(json.dumps(one) + "\n")
        beside.rename(self.inbox / "a.jsonl")
        self.node.start()
        results = self.node.folder / "berkas" / "selesai" / "a.jsonl.hasil.jsonl"
        until(results.exists, 30, str(results))
        self.assertEqual(self.node.stop(), 130)
        result = json.loads(results.read_text())
        self.assertEqual(result["status"], "accepted", result)
        return result["tracking_id"]

    def test_others_see_the_copy_and_those_who_may_see_the_original(self):
        photo = png(chunk(b"tEXt", b"Author\0Budi"))
        case = self.bring(("a.jpg", photo), ("b.bin", b"\x01\x02"))
        listed = self.node.json("case", "evidence", case)
        self.assertEqual([(one["type"], one["size"], one["shown"]) for one in listed["evidence"]],
                         [("image/png", len(photo), True), ("application/octet-stream", 2, False)])
        self.assertEqual((listed["evidence"][0]["width"], listed["evidence"][0]["whole"]), (4, True))
        self.node.run("case", "evidence", case, "--out", "lain")
        self.assertEqual([path.read_bytes() for path in (self.node.folder / "lain").iterdir()], [png()])
        self.node.run("case", "evidence", case, "--out", "asli", "--personal", "--as", "p-004",
                      "--purpose", "pemeriksaan")
        self.assertEqual(sorted(path.read_bytes() for path in (self.node.folder / "asli").iterdir()),
                         sorted([photo, b"\x01\x02"]))

    def blobs(self):
        return [path for path in (self.node.folder / "var" / "blobs").rglob("*") if path.is_file()]

    def test_erasing_a_case_destroys_what_no_other_case_has(self):
        both, own = png(), png(chunk(b"tEXt", b"Author\0Budi"))
        case = self.bring(("a.png", both), ("b.png", own))
        lines = self.node.folder / "dua.jsonl"
        (self.node.folder / "c.png").write_bytes(both)
        lines.write_text(json.dumps({"channel": "loket", "external_id": "b-1", "isi": "Banjir",
                                     "place": {"region": "64.09.01"},
                                     "attachments": [{"name": "c", "path": "c.png"}]}) + "\n")
        other = json.loads(self.node.run("-o", "json", "intake", "dua.jsonl"))["tracking_id"]
        self.node.run("case", "act", case, "hapus_data", "--as", "p-004", "--reason", "permintaan pelapor")
        self.assertEqual([path.read_bytes() for path in self.blobs() if len(path.name) == 64], [both])
        self.node.run("case", "evidence", other, "--out", "lain")
        self.node.run("case", "act", other, "hapus_data", "--as", "p-004", "--reason", "permintaan pelapor")
        self.assertEqual(self.blobs(), [])

    def test_what_a_crash_left_of_an_erased_case_goes_at_the_next_start(self):
        case = self.bring(("a.png", png()))
        blobs = self.node.folder / "var" / "blobs"
        shutil.copytree(blobs, self.node.folder / "dulu")
        self.node.run("case", "act", case, "hapus_data", "--as", "p-004", "--reason", "permintaan pelapor")
        self.assertEqual(self.blobs(), [])
        shutil.rmtree(blobs)
        shutil.copytree(self.node.folder / "dulu", blobs)
        self.node.start()
        until(lambda: not self.blobs(), 20, "the end of the files")

    def test_files_that_no_case_has_go_a_day_later_and_those_that_one_has_do_not(self):
        own = png(chunk(b"tEXt", b"Author\0Budi"))
        case = self.bring(("a.png", own))
        blobs = self.node.folder / "var" / "blobs"
        for claims in blobs.glob("*/*.of"):  # as if the intake had been killed before it claimed it
            shutil.rmtree(claims)
        forsaken = blobs / "ab" / ("ab" * 32)
        forsaken.parent.mkdir(exist_ok=True)
        forsaken.write_bytes(b"ditolak")
        for path in self.blobs():
            os.utime(path, (1, 1))
        self.node.start()
        until(lambda: not forsaken.exists(), 20, "the end of the file")
        self.assertEqual(self.node.stop(), 130)
        self.assertEqual(len(list(blobs.glob("*/*.of/*"))), 1)
        self.node.run("case", "evidence", case, "--out", "lain")
        self.assertEqual(len(list((self.node.folder / "lain").iterdir())), 1)

    def test_a_crashing_inspector_costs_no_report(self):
        broken = self.node.folder / "rusak"
        broken.mkdir()
        (broken / "plugin.yaml").write_text("plugin: rusak\nversion: 1.0.0\nabi: 1\ntitle: Rusak\nkinds: [evidence]\n"
                                            "command: [/bin/false]\nend: rusak\n")
        (self.node.folder / "pintu.yaml").write_text(SETTINGS.replace("  bukti:", "  rusak: {from: rusak}"))
        case = self.bring(("a.png", png()))
        one = self.node.json("case", "evidence", case)["evidence"][0]
        self.assertEqual((one["looked_at"], one["shown"], one["size"]), (False, False, len(png())))


if __name__ == "__main__":
    unittest.main(verbosity=2)
