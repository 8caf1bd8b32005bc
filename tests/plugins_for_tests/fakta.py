"""Facts that are answered well and badly, by their names."""
import json
import os
import sys
import time

RESULTS = {
    "gema": lambda given: {"value": given.get("isi", "")},
    "angka": lambda given: {"value": 7},
    "benar": lambda given: {"value": True},
    "diam": lambda given: {"value": None},
    "di_luar": lambda given: {"value": "sangat"},
    "bukan_dokumen": lambda given: {"nilai": "akut"},
    "daftar": lambda given: {"value": ["akut"]},
}
ERRORS = {"tak_tahu": -32003, "menolak": -32001, "gagal": -32004}


def answer(question):
    fact = question["fact"]
    if fact == "mati":
        os.abort()
    if fact == "macet":
        time.sleep(60)
    if fact in ERRORS:
        return {"error": {"code": ERRORS[fact], "message": "tidak bisa"}}
    return {"result": RESULTS[fact](question["arguments"])}


for line in sys.stdin:
    request = json.loads(line)
    method = request["method"]
    if method == "start":
        what = {"result": {"name": "fakta", "version": "1.0.0", "extensions": ["pintu.fact/1"]}}
    elif method == "fact.answer":
        what = answer(request["params"])
    else:
        what = {"result": {}}
    print(json.dumps({"jsonrpc": "2.0", "id": request["id"], **what}), flush=True)
    if method == "stop":
        break
