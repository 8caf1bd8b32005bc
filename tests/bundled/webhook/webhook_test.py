"""The webhook plugin as it runs in production: real node, real sandbox, real HTTP, real OpenSSL."""
import json
import os
import re
import signal
import subprocess
import sys
import time
import unittest

from node import PATH, ROOT, Node, Receiver, new_key, signature, wait_for

PINTU = os.environ.get("PINTU_BINARY", os.path.join(ROOT, "build/dev/adapters/pintu"))


def report(text="Jalan berlubang di depan SD 012", **more):
    return {"isi": text, "agency": "64.09", "place": {"region": "64.09.01"}, **more}


class WithNode(unittest.TestCase):
    config = ""

    @classmethod
    def setUpClass(cls):
        cls.receiver = Receiver()
        cls.node = Node(PINTU, cls.receiver.port, cls.config)
        cls.addClassCleanup(cls.receiver.close)
        cls.addClassCleanup(cls.node.close)
        cls.node.start()

    def refused(self, answer, status, code):
        self.assertEqual((answer[0], answer[1].get("kode")), (status, code), answer)
        self.assertTrue(answer[1]["pesan"])

    def case_of(self, id):
        return wait_for(lambda: self.node.cases().get(id), 30, f"a case of {id}")


    def outbox(self, *words):
        return subprocess.run([PINTU, "-C", self.node.folder, "outbox", *words],
                              capture_output=True, text=True, check=False).stdout

    def unsent(self):
        return json.loads(self.outbox("list", "--unsent", "-o", "json") or "[]")

    def try_all_again(self):
        for message in self.unsent():
            self.outbox("retry", message["key"])


class There(WithNode):
    def test_a_report_becomes_a_case_and_its_answer_goes_back(self):
        status, document, _ = self.node.deliver("ada-1", report())
        self.assertEqual((status, document), (202, {"id": "ada-1", "status": "diterima"}))
        case = self.case_of("ada-1")
        self.assertEqual((case["agency"], case["channel"], case["region"]),
                         ("64.09", "webhook", "64.09.01"))
        self.assertTrue(case["owner"].startswith("64.09/"))
        headers, event, _ = wait_for(lambda: self.receiver.of("ada-1"), 30, "the answer")[0]
        self.assertEqual(headers["Content-Type"], "application/cloudevents+json; charset=utf-8")
        self.assertEqual(event["specversion"], "1.0")
        self.assertEqual(event["source"], "/pintu/64.09")
        self.assertEqual(event["type"], "id.pintu.pesan.acknowledge")
        self.assertEqual(event["subject"], case["tracking_id"])
        self.assertIn(case["tracking_id"], event["data"]["text"])
        self.assertEqual(headers["webhook-id"], event["id"].replace(".", "_"))
        raw = next(b for h, b, _ in self.receiver.events if h["webhook-id"] == headers["webhook-id"])
        self.assertEqual(headers["webhook-signature"],
                         signature(self.node.send_key, headers["webhook-id"],
                                   headers["webhook-timestamp"], raw))
        told = wait_for(lambda: self.node.ask("ada-1")[1].get("tracking_id"), 30, "what became of it")
        self.assertEqual(told, case["tracking_id"])

    def test_a_cloudevent_brings_its_report(self):
        event = {"specversion": "1.0", "id": "e-1", "source": "/portal", "type": "id.portal.laporan",
                 "data": report(external_id="portal-77", received_at="2026-03-13T09:30:00+08:00")}
        status, _, _ = self.node.deliver("peristiwa-1", event, type="application/cloudevents+json")
        self.assertEqual(status, 202)
        self.assertEqual(self.case_of("portal-77")["received_at"], "2026-03-13T01:30:00Z")

    def test_the_same_again_is_answered_the_same_and_taken_once(self):
        body = json.dumps(report("Lampu jalan mati")).encode()
        first = self.node.deliver("lagi-1", body)
        again = self.node.deliver("lagi-1", body)
        self.case_of("lagi-1")
        wait_for(lambda: self.node.ask("lagi-1")[1]["status"] == "accepted", 30, "taken")
        later = self.node.deliver("lagi-1", body, at=int(time.time()) + 1)
        self.assertEqual([a[:2] for a in (first, again, later)], [(202, first[1])] * 3)
        self.refused(self.node.deliver("lagi-1", report("Lampu yang lain")), 409, "id_lain_isi")
        self.assertEqual(len([c for c in self.node.cases().values()
                              if c["external_id"] == "lagi-1"]), 1)

    def test_the_same_id_with_another_body_before_it_was_taken(self):
        self.node.deliver("beda-1", report("Satu"))
        self.refused(self.node.deliver("beda-1", report("Dua")), 409, "id_lain_isi")

    def test_a_report_that_the_engine_refuses_is_told_when_asked(self):
        self.node.deliver("tolak-1", report(received_at="kemarin"))
        told = wait_for(lambda: (lambda a: a[1] if a[1].get("status") == "rejected" else None)(
            self.node.ask("tolak-1")), 30, "the refusal")
        self.assertEqual(told["errors"], ["IN005"])
        self.assertEqual(self.node.ask("tidak-pernah")[1]["kode"], "id_tidak_dikenal")

    def test_what_is_sent_comes_through_whole(self):
        sent = report("Jalan rusak 🚧 di “Gang Ké‑3” \u200f— \ttolong\n.", judul="Jalan",
                      anonim=True, reporter={"name": "Sari", "phone": "0812"},
                      fields={"kelompok_rentan": "yes"}, external_id="utuh-1",
                      received_at="2026-03-13T09:30:00+08:00")
        self.node.deliver("utuh", sent)
        self.case_of("utuh-1")
        # The engine's own intake takes it for the very same report, and one letter less for another.
        for text, status in ((sent["isi"], "repeated"), (sent["isi"][:-1], "conflict")):
            line = json.dumps({**sent, "channel": "webhook", "isi": text})
            done = subprocess.run([PINTU, "-C", self.node.folder, "intake", "-", "-o", "jsonl"],
                                  input=line, capture_output=True, text=True, check=False)
            self.assertEqual(json.loads(done.stdout)["status"], status, done)


class Wrong(WithNode):
    config = ", most_bytes: 4096, window_s: 60"

    def headers(self, body, id="salah-1", **more):
        at = int(time.time())
        return {"Content-Type": "application/json", "webhook-id": id, "webhook-timestamp": str(at),
                "webhook-signature": signature(self.node.receive_key, id, at, body), **more}

    def test_a_signature_that_is_wrong_missing_or_doubled(self):
        body = json.dumps(report()).encode()
        good = self.headers(body)
        wrong = [signature(new_key(), "salah-1", good["webhook-timestamp"], body),
                 signature(self.node.receive_key, "salah-2", good["webhook-timestamp"], body),
                 signature(self.node.receive_key, "salah-1", good["webhook-timestamp"], body + b" "),
                 "v1," + "A" * 44, "v1,", "v1", "bukan", good["webhook-signature"][:-4],
                 good["webhook-signature"].replace("v1,", "v2,"), "v1,!!!!"]
        for one in wrong:
            self.refused(self.node.post("?", body, {**good, "webhook-signature": one}), 401,
                         "tanda_tangan_salah")
        missing = {k: v for k, v in good.items() if k != "webhook-signature"}
        self.refused(self.node.post("?", body, missing), 401, "tanpa_tanda_tangan")
        self.refused(self.node.post("?", body, {**missing, "webhook-signature": ""}), 401,
                     "tanpa_tanda_tangan")
        doubled = list(good.items()) + [("Webhook-Signature", good["webhook-signature"])]
        self.refused(self.node.post("?", body, doubled), 401, "tanda_tangan_ganda")

    def test_an_id_or_a_time_that_is_missing_doubled_or_none(self):
        body = json.dumps(report()).encode()
        good = self.headers(body)
        for name, none, several in (("webhook-id", "tanpa_id", "id_ganda"),
                                    ("webhook-timestamp", "tanpa_waktu", "waktu_ganda")):
            left = {k: v for k, v in good.items() if k != name}
            self.refused(self.node.post("?", body, left), 401, none)
            self.refused(self.node.post("?", body, list(good.items()) + [(name, good[name])]), 401,
                         several)
        for at in ("kemarin", "-1", "1e9", "99999999999999999999"):
            sign = signature(self.node.receive_key, "salah-1", at, body)
            self.refused(self.node.post("?", body, {**good, "webhook-timestamp": at,
                                                    "webhook-signature": sign}), 401, "waktu_salah")
        for id in ("a.b", "a b", "x" * 129, "a%00"):
            self.refused(self.node.deliver(id, body), 400, "id_salah")
        self.assertEqual(self.node.deliver("\xff", body)[1]["code"], "HT010")

    def test_a_replayed_message_and_a_clock_that_is_ahead(self):
        now = int(time.time())
        self.refused(self.node.deliver("ulang-1", report(), at=now - 62), 401, "waktu_lewat")
        self.refused(self.node.deliver("ulang-1", report(), at=now + 90), 401, "waktu_di_depan")
        self.assertEqual(self.node.deliver("ulang-1", report(), at=now - 50)[0], 202)

    def test_a_body_of_the_limit_and_one_byte_over_it(self):
        empty = len(json.dumps(report("")))
        fits = json.dumps(report("x" * (4096 - empty))).encode()
        self.assertEqual(len(fits), 4096)
        self.assertEqual(self.node.deliver("besar-1", fits)[0], 202)
        self.refused(self.node.deliver("besar-2", fits + b" "), 413, "terlalu_besar")
        status, document, _ = self.node.deliver("besar-3", b"x" * ((1 << 20) + 1))
        self.assertEqual((status, document["code"]), (413, "HT013"))

    def test_what_is_no_report(self):
        nothing = [(b"", "bukan_json"), (b"{", "bukan_json"), (b"\xff\xfe", "bukan_json"),
                   (b'{"isi":"\xff"}', "bukan_json"), (b"[" * 200, "bukan_json"),
                   (b"{} {}", "bukan_json"), (b"[]", "bukan_laporan"), (b"{}", "bukan_laporan"),
                   (b'{"isi":""}', "bukan_laporan"), (b'{"isi":7}', "bukan_laporan"),
                   (b'{"isi":"a","channel":"sms"}', "bukan_laporan"),
                   (b'{"isi":"a","anonim":"ya"}', "bukan_laporan"),
                   (b'{"isi":"a","attachments":[{"name":"a"}]}', "bukan_laporan"),
                   (b'{"specversion":"0.3"}', "bukan_cloudevents"),
                   (b'{"specversion":"1.0","id":"a","type":"b","data":{}}', "bukan_cloudevents"),
                   (b'{"specversion":"1.0","id":"a","source":"c","type":"b"}', "bukan_cloudevents")]
        for place, (body, code) in enumerate(nothing):
            self.refused(self.node.deliver(f"apa-{place}", body), 400, code)
        self.refused(self.node.deliver("apa-x", report(), type="text/xml"), 415, "jenis_salah")

    def test_another_path_or_method(self):
        self.assertEqual(self.node.post("/plugin/webhook", b"", {})[1]["code"], "HT011")
        self.assertEqual(self.node.post("/plugin/lain/masuk", b"", {})[1]["code"], "HT011")
        self.refused(self.node.post(PATH + "/dalam", b"", {}), 404, "jalur_salah")
        answer = self.node.request("DELETE", PATH, b"", {})
        self.refused(answer, 405, "cara_salah")
        self.assertEqual(answer[2]["Allow"], "POST, GET")

    def test_both_keys_count_while_they_are_changed_and_then_only_the_new_one(self):
        old, new = self.node.receive_key, new_key()
        self.refused(self.node.deliver("kunci-1", report(), key=new), 401, "tanda_tangan_salah")
        self.node.write("receive.key", f"{new}\n{old}\n")
        self.assertEqual(self.node.deliver("kunci-1", report("Satu"), key=new)[0], 202)
        self.assertEqual(self.node.deliver("kunci-2", report("Dua"), key=old)[0], 202)
        self.node.write("receive.key", new + "\n")
        self.refused(self.node.deliver("kunci-3", report(), key=old), 401, "tanda_tangan_salah")
        body, at = json.dumps(report("Tiga")).encode(), int(time.time())
        both = " ".join(signature(k, "kunci-4", at, body) for k in (old, new))
        self.assertEqual(self.node.post("?", body, {
            "Content-Type": "application/json", "webhook-id": "kunci-4",
            "webhook-timestamp": str(at), "webhook-signature": both})[0], 202)
        self.node.write("receive.key", old + "\n")


class Keyless(unittest.TestCase):
    def test_without_a_key_it_is_later_and_with_one_it_is_taken(self):
        node = Node(PINTU, 1)
        self.addCleanup(node.close)
        os.remove(os.path.join(node.folder, "receive.key"))
        node.start(ready=503)
        status, document, headers = node.deliver("kunci-1", report())
        self.assertEqual((status, document["kode"]), (503, "tanpa_kunci"))
        self.assertEqual(headers["Retry-After"], "30")
        with open(os.path.join(node.folder, "var/plugins/webhook/log.jsonl"),
                  encoding="utf-8") as log:
            lines = [json.loads(line) for line in log]
        self.assertEqual([line["level"] for line in lines if "receive" in line.get("line", "")],
                         ["warning"], lines)
        node.write("receive.key", node.receive_key + "\n")
        self.assertEqual(node.deliver("kunci-1", report())[0], 202)
        os.remove(os.path.join(node.folder, "receive.key"))
        self.assertEqual(node.ask("kunci-1")[1]["kode"], "tanpa_kunci")


class Crashed(WithNode):
    def test_a_crashed_plugin_costs_no_report(self):
        for pid in self.node.plugin_processes():
            os.kill(pid, signal.SIGKILL)
        wait_for(lambda: self.node.deliver("jatuh-1", report("Banjir"))[0] == 202, 60,
                 "an answer after the crash")
        self.case_of("jatuh-1")
        wait_for(lambda: self.receiver.of("jatuh-1") or self.try_all_again(), 60, "its answer")
        self.assertIsNone(self.node.process.poll())
        self.assertEqual(self.node.stop(), 130)


class Quarantined(WithNode):
    def test_a_quarantine_is_told_in_the_log_and_as_an_incident(self):
        def killed_until_told():
            for pid in self.node.plugin_processes():
                os.kill(pid, signal.SIGKILL)
            return "dikarantina selama satu jam" in self.node.said()
        wait_for(killed_until_told, 60, "the quarantine in the log")
        wait_for(lambda: "PL006" in subprocess.run(
            [PINTU, "-C", self.node.folder, "incident", "list", "-o", "json"],
            capture_output=True, text=True, check=False).stdout, 30, "its incident")
        self.assertIn("pintu plugin enable webhook", self.node.said())


class Lasting(WithNode):
    def test_what_was_answered_is_there_after_the_node_was_killed(self):
        for round in range(4):
            ids = [f"mati-{round}-{n}" for n in range(5)]
            for id in ids:
                self.assertEqual(self.node.deliver(id, report(f"Laporan {id}"))[0], 202)
            self.node.kill()
            self.node.start()
            for id in ids:
                self.case_of(id)
        wait_for(lambda: all(self.receiver.of(f"mati-{r}-{n}") for r in range(4)
                             for n in range(5)) or self.try_all_again(), 90, "the answers")
        keys = {h["webhook-id"] for h, _, _ in self.receiver.events}
        bodies = {(h["webhook-id"], b) for h, b, _ in self.receiver.events}
        self.assertEqual(len(bodies), len(keys))  # a key that is sent again has the same body

    def unsent_for(self, why):
        """The message that waits, or is given up, for that reason."""
        return wait_for(lambda: next((m for m in self.unsent() if m["why"] == why), None), 30, why)

    def test_a_message_is_tried_again_where_that_may_help(self):
        for place, status in enumerate((503, 429, 401, 302)):
            self.receiver.statuses = [status]
            self.node.deliver(f"coba-{place}", report(f"Sampah menumpuk {place}"))
            message = self.unsent_for(f"penerima menjawab {status}")
            self.assertEqual((message["status"], message["attempts"]), ("waiting", 1))
            self.assertTrue(message["next_at"])
            self.outbox("retry", message["key"])
            got = wait_for(lambda: (lambda e: e if len(e) == 2 else None)(
                self.receiver.of(f"coba-{place}")), 30, "the second try")
            self.assertEqual([s for _, _, s in got], [status, 204])
            self.assertEqual(got[0][1], got[1][1])
            self.assertEqual(got[0][0]["webhook-id"], got[1][0]["webhook-id"])

    def test_a_message_that_is_refused_is_not_tried_again(self):
        for place, status in enumerate((400, 410, 422)):
            self.receiver.statuses = [status]
            self.node.deliver(f"tolak-{place}", report(f"Sampah lagi {place}"))
            wait_for(lambda: f"penerima menjawab {status}" in subprocess.run(
                [PINTU, "-C", self.node.folder, "incident", "list", "-o", "json"],
                capture_output=True, text=True, check=False).stdout, 30, "the incident")
            self.assertEqual(len(self.receiver.of(f"tolak-{place}")), 1)
        self.assertFalse([m for m in self.unsent() if "menjawab 4" in m["why"]])

    def test_the_worked_example_of_the_readme(self):
        with open(os.path.join(ROOT, "plugins/bundled/webhook/README.md"), encoding="utf-8") as file:
            script, answer = re.search(r"```bash\n(.*?)```\n\n```\n(.*?)```", file.read(),
                                       re.S).groups()
        script = script.replace("127.0.0.1:8080", self.node.address).replace(
            "/etc/pintu/webhook-receive.key", os.path.join(self.node.folder, "receive.key"))
        done = subprocess.run(["bash", "-euo", "pipefail", "-c", script], capture_output=True,
                              text=True, check=False)
        self.assertEqual((done.returncode, done.stdout), (0, answer), done.stderr)
        self.case_of("portal-2026-000117")

    def test_nothing_of_a_report_stands_in_a_log(self):
        self.node.deliver("log-1", report("Rahasia sekali XYZZY", reporter={"name": "Plugh Sari"}))
        self.case_of("log-1")
        said = self.node.said()
        logs = os.path.join(self.node.folder, "var/plugins/webhook")
        for name in os.listdir(logs):
            path = os.path.join(logs, name)
            if os.path.isfile(path):
                with open(path, encoding="utf-8") as file:
                    said += file.read()
        self.assertNotIn("XYZZY", said)
        self.assertNotIn("Plugh", said)
        sent = json.dumps([e for _, e, _ in self.receiver.of("log-1")])
        self.assertNotIn("Plugh", sent)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]], verbosity=2)
