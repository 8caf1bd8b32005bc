#!/usr/bin/env python3
"""`pintu plugin ...` as those who write plugins use it: every template is made, built where it must be,
tested and called; plugins that are not fit fail the check that they should.

usage: kit_test.py SCENARIO --pintu PROGRAM [--build FOLDER]
"""
import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile

CHECKS = ("handshake config_schema bad_input unicode ten_megabytes deadlines killed restart pure offered_values reports "
          "messages log").split()


class Kit:
    def __init__(self, pintu, build, folder):
        self.pintu, self.build, self.folder = pintu, build, folder

    def run(self, *words, **kept):
        return subprocess.run([self.pintu, *words], cwd=self.folder, capture_output=True, text=True, timeout=120, **kept)

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def new(self, name, language, kind):
        made = self.run("plugin", "new", name, "--lang", language, "--kind", kind)
        assert made.returncode == 0, made.stderr
        return self.path(name)

    def samples(self):
        """A folder with two reports as text files."""
        folder = self.path("contoh-laporan")
        os.makedirs(folder, exist_ok=True)
        for name, text in (("satu", "Jalan berlubang di depan SD 012 🕳️"), ("dua", "Lampu jalan mati")):
            with open(os.path.join(folder, name + ".txt"), "w", encoding="utf-8") as file:
                file.write(text)
        return folder

    def verdicts(self, plugin, *settings):
        given = [word for each in settings for word in ("--set", each)]
        tried = self.run("-o", "json", "plugin", "test", plugin, *given)
        assert tried.stdout, tried.stderr
        answer = json.loads(tried.stdout)
        found = {check["check"]: check for check in answer["checks"]}
        assert list(found) == CHECKS, list(found)
        failed = [name for name, check in found.items() if check["result"] == "failed"]
        assert answer["failed"] == len(failed) and tried.returncode == (1 if failed else 0), tried
        return found, failed


def fits(kit, plugin, kind):
    """Every check passes, and those of its kind were really made."""
    samples = kit.samples()
    settings = ["folder=" + samples] if kind == "channel" else []
    found, failed = kit.verdicts(plugin, *settings)
    assert not failed, [found[name] for name in failed]
    own = {"channel": ["reports"], "connector": ["messages"], "fact": ["pure", "offered_values"]}[kind]
    for name in own + ["handshake", "bad_input", "unicode", "ten_megabytes", "deadlines", "killed", "restart", "log"]:
        assert found[name]["result"] == "passed", found[name]
    assert sorted(os.listdir(samples)) == ["dua.txt", "satu.txt"]  # a copy was tried


def answers(kit, plugin, example, kind):
    settings = ["--set", "folder=" + kit.samples()] if kind == "channel" else []
    ran = kit.run("plugin", "run", plugin, "-i", example, *settings)
    assert ran.returncode == 0, ran.stderr
    document = json.loads(ran.stdout)
    if kind == "channel":
        assert sorted(report["external_id"] for report in document["reports"]) == ["dua", "satu"], document
    elif kind == "fact":
        assert document == {"value": "pendek"}, document
    else:
        assert document == {}, document


def scripted(kit, language):
    for kind in ("channel", "connector", "fact"):
        plugin = kit.new(language + "-" + kind, language, kind)
        fits(kit, plugin, kind)
        answers(kit, plugin, os.path.join(plugin, "contoh.json"), kind)


def python(kit):
    scripted(kit, "python")


def php(kit):
    scripted(kit, "php")


def node(kit):
    scripted(kit, "node")


def cpp(kit):
    """With what is installed, and nothing of the source tree. The installed pintu makes the project."""
    prefix = kit.path("prefix")
    subprocess.run(["cmake", "--install", kit.build, "--prefix", prefix], check=True, capture_output=True)
    kit.pintu = os.path.join(prefix, "bin", "pintu")
    for kind in ("channel", "connector", "fact"):
        source = kit.new("lapor-" + kind, "cpp", kind)
        for words in (["cmake", "-S", source, "-B", source + "/build", "-G", "Ninja", "-DCMAKE_PREFIX_PATH=" + prefix],
                      ["cmake", "--build", source + "/build"]):
            made = subprocess.run(words, capture_output=True, text=True, timeout=240)
            assert made.returncode == 0, made.stdout + made.stderr
        plugin = source + "/build/lapor-" + kind
        fits(kit, plugin, kind)
        answers(kit, plugin, source + "/contoh.json", kind)


def rewritten(kit, name, kind, changes, file="main.py"):
    plugin = kit.new(name, "python", kind)
    path = os.path.join(plugin, file)
    with open(path, encoding="utf-8") as source:
        text = source.read()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    with open(path, "w", encoding="utf-8") as source:
        source.write(text)
    return plugin


def unfit(kit):
    """What is wrong with each is found, by the check that is for it."""
    samples = "folder=" + kit.samples()
    said = 'return "panjang" if words >= self.least else "pendek"'
    cases = [
        ("diam", "fact", "handshake", [("pintu.run(", "import sys; sys.exit(3)\npintu.run(")], []),
        ("berisik", "fact", "handshake", [("import pintu\n", "import os\nimport pintu\nos.write(1, b'halo\\n')\n")], []),
        ("pilih", "fact", "config_schema",
         [('engine.config.get("panjang_mulai", 50)', '1 // (engine.config["panjang_mulai"] - 10000)')], []),
        ("rapuh", "fact", "bad_input", [('raise pintu.Unknown("tidak ada fakta itu")', "import os; os.abort()")], []),
        ("ascii", "fact", "unicode", [("words = len", 'arguments["isi"].encode("latin-1")\n        words = len')], []),
        ("kecil", "fact", "ten_megabytes",
         [("words = len", 'if len(arguments["isi"]) > 5000000:\n            import os; os._exit(9)\n        words = len')], []),
        ("lambat", "fact", "deadlines",
         [("words = len", "import time; time.sleep(0.35)\n        words = len")], []),
        ("acak", "fact", "pure",
         [(said, 'self.asked = getattr(self, "asked", 0) + 1\n        return "panjang" if self.asked < 3 else "pendek"')], []),
        ("lain", "fact", "offered_values", [(said, 'return "sedang"')], []),
        ("cerewet", "fact", "log", [("import pintu\n", "import sys\nimport pintu\n"),
                                    ("words = len", 'print(arguments.get("isi", ""))\n        words = len')], []),
        ("boros", "channel", "reports", [("names[:limit]", "names")], [samples]),
        ("hilang", "channel", "reports",
         [("return [self.report(name) for name in names[:limit]]",
           "found = [self.report(name) for name in names[:limit]]\n"
           "        for name in names[:limit]:\n"
           "            os.remove(os.path.join(self.folder, name))\n        return found")], [samples]),
        ("ulang", "channel", "reports", [('os.path.exists(path + ".txt")', "False")], [samples]),
        ("sendiri", "channel", "reports", [('"channel": "sendiri"', '"channel": "orang-lain"')], [samples]),
        ("dobel", "connector", "messages",
         [("if not os.path.exists(path):", "if os.path.exists(path):\n            raise ValueError('sudah ada')\n        if True:")],
         []),
    ]
    for name, kind, check, changes, settings in cases:
        found, failed = kit.verdicts(rewritten(kit, name, kind, changes), *settings)
        assert check in failed, (name, check, failed)
        assert found[check]["why"], name
        print(name + ": " + found[check]["why"])


def wrong_words(kit):
    """What people type wrongly is told, and changes nothing."""
    kit.new("ada", "python", "fact")
    for words, expected in (
            (["plugin", "new", "Besar"], "Huruf kecil"),
            (["plugin", "new", "../keluar"], "Huruf kecil"),
            (["plugin", "new", "ada"], "tidak ada yang ditimpa"),
            (["plugin", "new", "x", "--lang", "cobol"], "cpp,python,php,node"),
            (["plugin", "test", "tidak-ada"], "tidak-ada"),
            (["plugin", "test", "ada", "--set", "panjang_mulai"], "kunci=nilai"),
            (["plugin", "test", "ada", "--set", "panjang_mulai=banyak"], "banyak"),
            (["plugin", "test", "ada", "--set", "panjang=1"], "panjang"),
            (["plugin", "run", "ada", "-i", "ada/plugin.yaml"], "contoh panggilan"),
            (["plugin", "run", "ada", "-i", "tidak-ada.json"], "tidak-ada.json")):
        said = kit.run(*words)
        assert said.returncode != 0 and expected in said.stderr, (words, said)
        assert said.stdout == "", (words, said)
    english = kit.run("--lang", "en", "plugin", "new", "lain", "--lang", "node")
    assert english.returncode == 0 and "is written in" in english.stderr, english
    assert not os.path.exists(kit.path("x")) and os.path.exists(kit.path("lain", "main.js"))


def kept(kit):
    """list, check, logs, enable and disable, beside pintu.yaml."""
    kit.new("hitung", "python", "fact")
    with open(kit.path("pintu.yaml"), "w", encoding="utf-8") as file:
        file.write("plugins:\n  hitung: {from: hitung}\n")
    listed = kit.run("-o", "json", "plugin", "list")
    assert listed.returncode == 0, listed.stderr
    hitung = [each for each in json.loads(listed.stdout) if each["plugin"] == "hitung"][0]
    assert hitung["kinds"] == ["fact"] and hitung["health"] == "never_ran", hitung
    assert hitung["identity"].startswith("hitung 0.1.0 sha256:"), hitung
    assert kit.run("plugin", "check").returncode == 0
    assert kit.run("plugin", "check", "hitung").returncode == 0
    assert kit.run("plugin", "check", "tidak-ada").returncode == 1
    assert kit.run("plugin", "disable", "hitung").returncode == 0
    again = json.loads(kit.run("-o", "json", "plugin", "list").stdout)
    assert [each["health"] for each in again if each["plugin"] == "hitung"] == ["disabled"], again
    assert kit.run("plugin", "enable", "hitung").returncode == 0
    again = json.loads(kit.run("-o", "json", "plugin", "list").stdout)
    assert [each["health"] for each in again if each["plugin"] == "hitung"] == ["never_ran"], again
    assert "belum menulis log" in kit.run("plugin", "logs", "hitung").stderr
    folder = kit.path("var", "plugins", "hitung")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "log.jsonl"), "w", encoding="utf-8") as file:
        file.write('{"ts":"2026-03-13T01:30:00Z","level":"info","kind":"fact","line":"satu"}\n'
                   '{"ts":"2026-03-13T01:30:01Z","level":"error","kind":"fact","code":"PL001","args":["hitung","200"]}\n')
    logs = kit.run("plugin", "logs", "hitung")
    assert "satu" in logs.stdout and "PL001" in logs.stdout and "200" in logs.stdout, logs
    assert kit.run("plugin", "logs", "hitung", "--limit", "1").stdout.count("\n") == 1
    with open(kit.path("hitung", "plugin.yaml"), "a", encoding="utf-8") as file:
        file.write("lebih: 1\n")
    broken = kit.run("plugin", "check", "hitung")
    assert broken.returncode == 1 and "plugin.yaml" in broken.stderr, broken


def checked(kit):
    """`plugin check` and `check` say what keeps a node from starting, where it stands, and start nothing."""
    kit.new("kotak", "python", "channel")
    assert kit.run("plugin", "check", "kotak").returncode == 0  # a folder that pintu.yaml does not name
    with open(kit.path("kotak", "main.py"), "w", encoding="utf-8") as file:
        file.write("open('dijalankan', 'w')\n")
    os.makedirs(kit.path("rules"))

    def told(settings, *codes):
        with open(kit.path("pintu.yaml"), "w", encoding="utf-8") as file:
            file.write(settings)
        for command in (("plugin", "check", "kotak"), ("check",)):
            ran = kit.run(*command)
            said = ran.stdout + ran.stderr
            assert ran.returncode == 1, (command, said)
            for code, place in codes:
                assert code in said and "pintu.yaml:" + place in said, (command, code, said)
        assert "pintu.yaml atau pluginnya" in said, said
        return said

    top = "plugins:\n  kotak:\n    from: "
    told(top + "tiada\n", ("PL101", "2:3"))
    told(top + "kotak\n", ("PL130", "2:3"))
    told(top + "kotak\n    config: {folder: tiada, lain: 1}\n    secrets: {kunci: rahasia}\n",
         ("PL132", "4:22"), ("PL131", "4:35"), ("PL135", "5:22"))
    told(top + "kotak\n    trusted: mungkin\n", ("YA039", "4:14"))
    said = told("plugins:\n  kotak:\n", ("PL142", "2:3"))
    assert "teks" in said and "from:" in said, said
    assert kit.run("plugin", "check", "./kotak").returncode == 0  # the folder, whatever pintu.yaml says
    assert kit.run("plugin", "check", "./tiada").returncode == 1
    os.makedirs(kit.path("masuk"))
    with open(kit.path("pintu.yaml"), "w", encoding="utf-8") as file:
        file.write(top + "kotak\n    config: {folder: masuk}\n")
    good = kit.run("plugin", "check", "kotak")
    assert good.returncode == 0, good.stderr
    assert "pintu.yaml" not in kit.run("check").stderr
    assert not os.path.exists(kit.path("dijalankan")) and not os.path.exists(kit.path("var"))


def bundled(kit):
    """What is shipped is fit by the same measure."""
    settings = {"surel": ["address=lapor@contoh.example"]}
    folder = os.path.join(kit.build, "plugins")
    names = [name for name in sorted(os.listdir(folder)) if os.path.exists(os.path.join(folder, name, "plugin.yaml"))]
    assert "teks" in names, names
    for name in names:
        found, failed = kit.verdicts(os.path.join(folder, name), *settings.get(name, []))
        assert not failed, (name, [found[each] for each in failed])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("scenario", choices=("python", "php", "node", "cpp", "unfit", "wrong_words", "kept", "checked", "bundled"))
    parser.add_argument("--pintu", required=True)
    parser.add_argument("--build", default="")
    args = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="pintu-kit.")
    os.environ.pop("PINTU_LANG", None)
    try:
        globals()[args.scenario](Kit(os.path.abspath(args.pintu), args.build, folder))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
