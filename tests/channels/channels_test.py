"""Reports of a channel plugin in a real node, whatever the plugin does and whenever it or the node is killed:
each is one case, or kept for a person, and none is asked for again once it was answered."""
import json
import os
import shutil
import sys
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bundled" / "support"))
from node import Node, until

PINTU = sys.argv.pop(1)
SETTINGS = """plugins:
  coba:
    from: coba
    config: {box: box}
evidence: {most_file_mb: 1}
"""
MANIFEST = """plugin: coba
version: 1.0.0
abi: 1
title: Kanal percobaan
kinds: [channel]
command: [python3, channel.py]
channels: [coba]
config:
  box: {type: folder, required: true}
permissions:
  folders: {config.box: write}
deadlines: {poll_ms: 2000}
end: coba
"""


def report(number, **more):
    return {"channel": "coba", "external_id": number, "isi": f"Jalan berlubang {number}", "place": {"region": "64.09.01"}, **more}


class Channels(unittest.TestCase):
    def setUp(self, definitions="tests/fixtures/ppu"):
        self.node = Node(PINTU, SETTINGS, definitions)
        self.addCleanup(self.node.close)
        self.box = self.node.folder / "box"
        self.box.mkdir()
        plugin = self.node.folder / "coba"
        plugin.mkdir()
        (plugin / "plugin.yaml").write_text(MANIFEST)
        shutil.copy(Path(__file__).parent / "channel.py", plugin)

        # Its sandbox lets a plugin make neither links nor pipes; whoever is trusted may.
        spool = self.node.folder / "var" / "plugins" / "coba" / "spool"
        spool.mkdir(parents=True)
        (spool / "link").symlink_to("/etc/hostname")
        (spool / "up").symlink_to("..")
        os.mkfifo(spool / "pipe")

    def give(self, *reports):
        (self.box / "reports.json").write_text(json.dumps(reports))

    def behave(self, how):
        (self.box / "behave").write_text(how)

    def answers(self):
        path = self.box / "answers.jsonl"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    def statuses(self, count):
        until(lambda: len(self.answers()) >= count, 20, f"{count} answers")
        return [(one["external_id"], one["status"]) for one in self.answers()]

    def cases(self):
        return sorted(one["external_id"] for one in json.loads(self.node.run("-o", "json", "case", "list", "--limit", "1000")))

    def incidents(self):
        return sorted(one["code"] for one in self.node.json("incident", "list"))

    def starts(self):
        path = self.box / "starts"
        return len(path.read_text().splitlines()) if path.exists() else 0

    def kept(self):
        return list((self.node.folder / "var" / "plugins" / "coba" / "rejected").glob("*.json"))

    def test_what_cannot_be_taken_in_is_answered_kept_and_told(self):
        self.give(report("a"), report("b", channel="sms"), report("c", isi=7), {**report("d"), "place": {"lat": 900, "lon": 0}},
                  report("e", attachments=[{"name": "x", "path": "link"}]),
                  report("f", attachments=[{"name": "x", "path": "up/status.json"}]),
                  report("g", attachments=[{"name": "x", "path": "../../../../../etc/passwd"}]),
                  report("h", attachments=[{"name": "x", "path": "pipe"}]),
                  report("i", attachments=[{"name": "x", "path": "large.bin"}]),
                  report("j", attachments=[{"name": "x", "path": "tidak-ada"}]),
                  report("k", attachments=[{"name": "x", "path": "a.txt"}]),
                  report("a", isi="lain"), [], "bukan laporan")
        self.node.start()
        self.statuses(14)
        self.assertEqual([one["external_id"] for one in self.answers() if one["status"] == "accepted"], ["a", "k"])
        self.assertEqual([one["status"] for one in self.answers() if one["external_id"] == "a"], ["accepted", "conflict"])
        codes = {one["external_id"]: one["errors"][0]["code"] for one in self.answers() if one["status"] == "rejected"}
        self.assertEqual(codes, {"": "IN008", "b": "PL211", "c": "IN002", "d": "IN007", "e": "EV002", "f": "EV002",
                                 "g": "EV002", "h": "EV002", "i": "EV001", "j": "EV003"})
        self.assertEqual(self.cases(), ["a", "k"])
        # The list without an external id comes with every poll, and is told once.
        self.assertEqual(self.incidents(), ["PL212"] * 11 + ["PL213"])
        self.assertEqual(len(self.kept()), 12)
        self.assertEqual({json.loads(path.read_text())["status"] for path in self.kept()}, {"rejected", "conflict"})
        self.assertEqual({path.stat().st_mode & 0o777 for path in self.kept()}, {0o600})
        self.assertEqual(self.node.stop(), 130)

    def test_what_was_refused_keeps_its_files_and_can_be_mended_and_taken_in(self):
        files = [{"name": "foto", "path": "a.txt"}, {"name": "tanpa"}, {"name": "hilang", "path": "tidak-ada"}]
        self.give(report("a", isi=7, attachments=files[:2]), report("b"), report("b", isi="lain", attachments=files[:1]),
                  report("c", attachments=files))
        self.node.start()
        self.statuses(4)
        self.assertEqual(self.node.stop(), 130)
        (self.node.folder / "var" / "plugins" / "coba" / "spool" / "a.txt").unlink()
        kept = {(one["report"]["external_id"], path) for path in self.kept() for one in [json.loads(path.read_text())]}
        self.assertEqual({number for number, _ in kept}, {"a", "b", "c"})
        for number, path in kept:
            one = json.loads(path.read_text())["report"]
            self.assertEqual(one["attachments"][0]["path"], f"{path.stem}.files/1")
            file = path.parent / one["attachments"][0]["path"]
            self.assertEqual((file.read_bytes(), file.stat().st_mode & 0o777), (b"bukti", 0o600))
            one.update(external_id=number + "-2", isi="Jalan berlubang", attachments=one["attachments"][:2 if number == "a" else 1])
            mended = path.parent / f"{number}.jsonl"
            mended.write_text(json.dumps(one) + "\n")
            answer = json.loads(self.node.run("-o", "json", "intake", str(mended)))
            self.assertEqual(answer["status"], "accepted", answer)
            evidence = self.node.json("case", "evidence", answer["tracking_id"])["evidence"]
            self.assertEqual([one["size"] for one in evidence], [5])

    def test_what_a_plugin_says_names_nobody(self):
        self.give(report("a"))
        self.behave("leak")
        self.node.start()
        until(lambda: "PL214" in self.incidents(), 20, "PL214")
        self.node.stop()
        told = json.dumps(self.node.json("incident", "list")) + self.node.said()
        self.assertIn("kotak", told)
        for secret in ("budi@example.id", "081234567890"):
            self.assertNotIn(secret, told)

    def test_killed_between_the_store_and_the_answer_it_is_repeated_not_a_second_case(self):
        for how in ("die in taken", "refuse taken", "die after taken"):
            with self.subTest(how):
                self.setUp()
                self.give(report("a"), report("b", isi=7))
                self.behave(how)
                self.node.start()
                until(lambda: self.kept() and (self.starts() > 1 or how == "refuse taken"), 20, how)
                self.node.kill()
                self.behave("")
                self.node.start()
                self.assertEqual(dict(self.statuses(2)), {"a": "accepted" if how == "die after taken" else "repeated", "b": "rejected"})
                self.assertEqual((self.cases(), len(self.kept())), (["a"], 1))
                self.assertEqual(self.incidents().count("PL212"), 1)
                self.node.stop()

    def test_a_node_that_is_killed_at_any_moment_loses_nothing_and_doubles_nothing(self):
        numbers = [f"{i:03}" for i in range(300)]
        self.give(*[report(number, attachments=[{"name": "a", "path": "a.txt"}]) for number in numbers])
        for moment in range(10):
            answered = len(self.answers())
            self.node.start()
            until(lambda: self.starts() > moment and (moment % 2 == 0 or len(self.answers()) > answered), 20, "a start")
            self.node.kill()
            if len(self.answers()) >= len(numbers):
                break
        self.node.start()
        until(lambda: {one["external_id"] for one in self.answers()} == set(numbers), 90, "all answers")
        self.assertEqual(self.node.stop(), 130)
        self.assertEqual(self.cases(), numbers)
        self.assertLessEqual({one["status"] for one in self.answers()}, {"accepted", "repeated"})

    def test_a_plugin_that_cannot_is_asked_again_and_told_of(self):
        for how, code in (("later", "PL214"), ("nonsense", "PL210"), ("hang in poll", "PL001"), ("die in poll", "PL002")):
            with self.subTest(how):
                self.setUp()
                self.give(report("a"))
                self.behave(how)
                self.node.start()
                until(lambda: code in self.incidents(), 20, code)
                self.node.kill()  # it may be in quarantine by now
                self.behave("")
                self.node.start()
                self.assertEqual(self.statuses(1), [("a", "accepted")])
                self.node.stop()

    def test_a_node_that_is_stopped_waits_for_no_plugin(self):
        for how in ("hang in poll", "hang in send"):
            with self.subTest(how):
                self.setUp(".")  # whose messages have words
                manifest = MANIFEST.replace("[channel]", "[channel, connector]").replace("poll_ms: 2000", "poll_ms: 60000, send_ms: 60000")
                (self.node.folder / "coba" / "plugin.yaml").write_text(manifest)
                self.give(report("a"))
                self.behave(how)
                self.node.start()
                until((self.box / "hanging").exists, 20, how)
                asked = time.monotonic()
                self.assertEqual(self.node.stop(), 130)
                self.assertLess(time.monotonic() - asked, 8)  # three seconds, on a machine that has time
                self.assertEqual(self.incidents(), [])
                self.behave("")
                self.node.start()
                self.assertEqual(self.statuses(1), [("a", "accepted")])
                self.assertEqual(self.node.stop(), 130)

    def test_more_than_was_asked_for_comes_later(self):
        numbers = [f"{i:03}" for i in range(200)]
        self.give(*[report(number) for number in numbers])
        self.behave("too many")
        self.node.start()
        self.assertEqual(sorted(self.statuses(200)), [(number, "accepted") for number in numbers])
        self.assertEqual(self.cases(), numbers)


if __name__ == "__main__":
    unittest.main(verbosity=2)
