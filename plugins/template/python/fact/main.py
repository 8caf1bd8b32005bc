"""Sebuah fakta bagi aturan: fakta ukuran = plugin @NAME@.ukuran(isi) : {pendek, panjang}"""
import pintu


class Fakta:
    def __init__(self, engine):
        self.least = engine.config.get("panjang_mulai", 50)

    def answer(self, fact, arguments):
        if fact != "ukuran":
            raise pintu.Unknown("tidak ada fakta itu")
        words = len(arguments.get("isi", "").split())
        return "panjang" if words >= self.least else "pendek"


pintu.run("@NAME@", "0.1.0", Fakta)
