"""Sebuah kanal: setiap berkas .txt dalam folder adalah satu laporan."""
import datetime
import os

import pintu


class Kanal:
    def __init__(self, engine):
        self.engine = engine
        self.folder = engine.config["folder"]

    # Laporan yang sama diberikan lagi sampai taken() menyebutnya.
    def poll(self, limit):
        names = sorted(n for n in os.listdir(self.folder) if n.endswith(".txt"))
        return [self.report(name) for name in names[:limit]]

    def report(self, name):
        with open(os.path.join(self.folder, name), encoding="utf-8", errors="replace") as file:
            text = file.read()
        at = datetime.datetime.fromtimestamp(self.engine.now_us() // 1000000, datetime.timezone.utc)
        return {"channel": "@NAME@", "external_id": name[:-4], "received_at": at.strftime("%Y-%m-%dT%H:%M:%SZ"), "isi": text}

    # Sudah tersimpan di mesin, atau ditolak untuk selamanya: singkirkan berkasnya.
    def taken(self, answers):
        for answer in answers:
            path = os.path.join(self.folder, answer["external_id"])
            ending = ".masuk" if answer["status"] in ("accepted", "repeated") else ".ditolak"
            if os.path.exists(path + ".txt"):
                os.rename(path + ".txt", path + ending)


pintu.run("@NAME@", "0.1.0", Kanal)
