"""The berkas plugin in a real node: files in, cases, answers back as files; killed in the middle."""
import json
import os
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from node import Node, until

PINTU = sys.argv.pop(1)
SETTINGS = """plugins:
  berkas:
    config: {folder: berkas, quiet_s: %s}
"""


def report(number, **more):
    return {"external_id": number, "received_at": "2026-03-13T09:30:00+08:00", "isi": "Jalan berlubang depan SD 012",
            "place": {"region": "64.09.01"}, "kategori_pelapor": "pekerjaan_umum/jalan_berlubang",
            "fields": {"status_jalan": "kabupaten"}, **more}


class Berkas(unittest.TestCase):
    def setUp(self):
        self.use("tests/fixtures/ppu")

    def use(self, definitions):
        self.node = Node(PINTU, SETTINGS % 0, definitions)
        self.addCleanup(self.node.close)
        self.box = self.node.folder / "berkas"
        (self.box / "masuk").mkdir(parents=True)

    def put(self, name, *reports, text=None):
        """As the page says: under another name, then renamed."""
        body = "".join(json.dumps(one) + "\n" for one in reports) if text is None else text
        beside = self.box / "masuk" / (name + ".tmp")
        beside.write_bytes(body if isinstance(body, bytes) else body.encode())
        beside.rename(self.box / "masuk" / name)

    def results(self, name, seconds=30):
        path = self.box / "selesai" / (name + ".hasil.jsonl")
        until(lambda: (self.box / "selesai" / name).exists() and path.exists(), seconds, str(path))
        return [json.loads(line) for line in path.read_text().splitlines()]

    def statuses(self, name, seconds=30):
        return [one["status"] for one in self.results(name, seconds)]

    def answers(self):
        return [json.loads(path.read_text()) for path in sorted((self.box / "keluar").glob("*.json"))]

    def cases(self):
        return self.node.json("case", "list")

    def test_a_report_becomes_a_case_that_rules_route_and_its_answer_comes_back(self):
        self.use(".")  # the shipped rules
        self.node.start()
        self.put("satu.jsonl", report("a-1", reporter={"name": "Budi"}))
        result = self.results("satu.jsonl")[0]
        self.assertEqual((result["line"], result["status"], result["external_id"]), (1, "accepted", "a-1"))
        case = self.cases()[0]
        self.assertEqual((case["tracking_id"], case["channel"], case["owner"]),
                         (result["tracking_id"], "berkas", "64.09/dpupr"))
        until(lambda: [one for one in self.answers() if one["kind"] == "acknowledge"], 30, "the acknowledgement")
        first = self.answers()[0]
        self.assertEqual((first["tracking_id"], first["to"]["external_id"]), (result["tracking_id"], "a-1"))
        self.assertEqual(self.node.stop(), 130)

    def test_csv_with_attachments_and_a_line_that_cannot_be_taken(self):
        (self.box / "masuk" / "foto").mkdir()
        (self.box / "masuk" / "foto" / "a.txt").write_bytes(b"bukti")
        self.put("dua.csv", text="external_id;isi;place.region;anonim;lampiran\n"
                                 "b-1;\"Jalan; rusak\";64.09.01;ya;foto/a.txt\n"
                                 "b-2;Banjir;64.09.01;mungkin;\n"
                                 "b-3;Banjir;64.09.01;tidak;tidak-ada.jpg\n"
                                 "b-4;Banjir\n")
        self.node.start()
        self.assertEqual(self.statuses("dua.csv"), ["accepted", "rejected", "rejected", "rejected"])
        self.assertEqual((self.box / "gagal" / "dua.csv").read_text().splitlines(),
                         ["external_id;isi;place.region;anonim;lampiran", "b-2;Banjir;64.09.01;mungkin;",
                          "b-3;Banjir;64.09.01;tidak;tidak-ada.jpg", "b-4;Banjir"])
        self.assertTrue((self.box / "selesai" / "dua.csv.lampiran" / "foto" / "a.txt").exists())
        self.assertTrue(self.cases()[0]["anonim"])
        kept = [path for path in (self.node.folder / "var" / "blobs").rglob("*")
                if path.is_file() and path.read_bytes() == b"bukti"]
        self.assertTrue(kept)
        # What the engine refused is kept there too, and a person is told.
        self.assertEqual([one["code"] for one in self.node.json("incident", "list")], ["PL212"])

    def test_the_same_file_again_is_the_same_cases(self):
        self.node.start()
        self.put("tiga.jsonl", report("c-1"), report("c-2"))
        self.assertEqual(self.statuses("tiga.jsonl"), ["accepted", "accepted"])
        self.put("tiga.jsonl", report("c-1"), report("c-2", isi="lain"))
        self.assertEqual(self.statuses("tiga~2.jsonl"), ["repeated", "conflict"])
        self.assertEqual(len(self.cases()), 2)

    def test_files_that_cannot_be_read_lie_in_gagal_with_why(self):
        self.node.start()
        self.put("rusak.csv", text="nomor,isi\n1,2\n")
        self.put("kosong.jsonl", text="\n")
        self.put("biner.csv", text=b"external_id,isi\n\x00\x01\n")
        self.put("latin.csv", text="external_id,isi\nd-1,caf\xe9\n".encode("latin-1"))
        for name in ("rusak.csv", "kosong.jsonl", "biner.csv", "latin.csv"):
            why = self.box / "gagal" / (name + ".alasan.txt")
            until(lambda: why.exists() and (self.box / "gagal" / name).exists(), 30, str(why))
            self.assertTrue(why.read_text().strip().endswith("."))
        self.assertEqual(self.cases(), [])

    def test_a_file_that_is_still_being_written_is_left(self):
        (self.node.folder / "pintu.yaml").write_text(SETTINGS % 3600)
        self.node.start()
        (self.box / "masuk" / "lima.jsonl").write_text(json.dumps(report("e-1")) + "\n")
        (self.box / "masuk" / "enam.jsonl.part").write_text(json.dumps(report("e-2")) + "\n")
        old = self.box / "masuk" / "tujuh.jsonl.tmp"
        old.write_text(json.dumps(report("e-3")) + "\n")
        os.utime(old, (1, 1))
        old.rename(self.box / "masuk" / "tujuh.jsonl")
        self.assertEqual(self.statuses("tujuh.jsonl"), ["accepted"])
        self.assertEqual(sorted(path.name for path in (self.box / "masuk").iterdir()), ["enam.jsonl.part", "lima.jsonl"])

    def test_attachments_that_cannot_be_copied_now_wait(self):
        (self.box / "masuk" / "a.txt").write_bytes(b"bukti")
        spool = self.node.folder / "var" / "plugins" / "berkas" / "spool"
        (self.box / "masuk" / "b.txt").write_bytes(b"lain")
        self.put("lain.jsonl", report("h-1", attachments=[{"name": "b", "path": "b.txt"}]))
        self.node.start()
        self.assertEqual(self.statuses("lain.jsonl"), ["accepted"])
        until(lambda: not (spool / "lampiran").exists(), 20, "an empty spool")
        # Where the copy belongs a folder lies, that is not empty.
        in_the_way = spool / "lampiran" / "1-0.tmp" / "isi"
        in_the_way.mkdir(parents=True)
        self.put("sembilan.jsonl", report("h-2", attachments=[{"name": "a", "path": "a.txt"}]))
        until(lambda: "PL214" in [one["code"] for one in self.node.json("incident", "list")], 30, "PL214")
        in_the_way.rmdir()
        in_the_way.parent.rmdir()
        self.assertEqual(self.statuses("sembilan.jsonl"), ["accepted"])

    def test_links_lead_nowhere(self):
        secret = self.node.folder / "rahasia.txt"
        secret.write_text("rahasia")
        (self.box / "masuk" / "a.jpg").symlink_to(secret)
        self.put("delapan.jsonl", report("f-1", attachments=[{"name": "a", "path": "a.jpg"}]),
                 report("f-2", attachments=[{"name": "a", "path": "../../rahasia.txt"}]),
                 report("f-3", attachments=[{"name": "a", "path": str(secret)}]))
        self.node.start()
        self.assertEqual(self.statuses("delapan.jsonl"), ["rejected"] * 3)

    def test_killed_again_and_again_nothing_is_lost_and_nothing_comes_twice(self):
        numbers = [f"g-{i}" for i in range(400)]
        self.put("banyak.jsonl", *[report(number, isi=f"laporan {number}") for number in numbers])
        done = self.box / "selesai" / "banyak.jsonl"
        for pause in range(1, 9):
            self.node.start()
            end = until(lambda: (self.box / "proses").exists() or done.exists(), 30, "the folder")
            count = sum(1 for _ in self.lines_so_far())
            until(lambda: done.exists() or sum(1 for _ in self.lines_so_far()) > count or pause % 2, 30, "a result")
            self.node.kill()
            if done.exists():
                break
        self.node.start()
        results = self.results("banyak.jsonl", 120)
        self.assertEqual([one["external_id"] for one in results], numbers)
        self.assertLessEqual({one["status"] for one in results}, {"accepted", "repeated"})
        self.assertEqual(self.node.stop(), 130)
        cases = json.loads(self.node.run("-o", "json", "case", "list", "--limit", "1000"))
        self.assertEqual(sorted(one["external_id"] for one in cases), sorted(numbers))
        self.assertEqual(len({one["tracking_id"] for one in results}), len(numbers))
        self.assertEqual(list((self.box / "proses").iterdir()), [])

    def lines_so_far(self):
        path = self.box / "proses" / "banyak.jsonl.hasil.jsonl"
        return path.read_text().splitlines() if path.exists() else []


if __name__ == "__main__":
    unittest.main(verbosity=2)
