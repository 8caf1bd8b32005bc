"""Pengirim: setiap pesan menjadi satu berkas dalam folder. Ganti dengan panggilan ke gerbang Anda:
engine.http(method="POST", url=...), dengan hosts di plugin.yaml."""
import os

import pintu


class Pengirim:
    def __init__(self, engine):
        self.folder = engine.config["folder"]

    # "key" yang sama adalah pesan yang sama: tidak boleh terkirim dua kali.
    def send(self, message):
        key, phone = message.get("key", ""), message.get("to", {}).get("phone", "")
        if not key or "/" in key:
            raise pintu.Refused("pesan tanpa key yang dapat dipakai")
        if not phone:
            raise pintu.Refused("kasus ini tanpa nomor telepon")
        path = os.path.join(self.folder, key + ".txt")
        if not os.path.exists(path):
            with open(path, "w", encoding="utf-8") as file:
                file.write(phone + "\n" + message["text"] + "\n")


pintu.run("@NAME@", "0.1.0", Pengirim)
