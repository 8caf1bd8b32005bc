"""A channel plugin that does as its folder says: gives what lies in reports.json until it was named by channel.taken.

State outside of it, as a mailbox would be: reports.json, settled.json (external ids), and `behave` (one word).
"""
import json
import os
import sys
import time
from pathlib import Path

box = None
spool = None


def behaviour():
    path = box / "behave"
    return path.read_text().strip() if path.exists() else ""


def settled():
    path = box / "settled.json"
    return json.loads(path.read_text()) if path.exists() else []


def number_of(report):
    return report.get("external_id", "") if isinstance(report, dict) else ""


def write(name, value):
    beside = box / (name + ".tmp")
    beside.write_text(json.dumps(value))
    os.replace(beside, box / name)


def poll(params):
    if behaviour() == "die in poll":
        os._exit(3)
    if behaviour() == "hang in poll":
        (box / "hanging").touch()
        time.sleep(3600)
    if behaviour() == "later":
        return -32002, "kotak surat sedang tidak dapat dibuka"
    if behaviour() == "leak":
        return -32002, "kotak budi@example.id terkunci, 081234567890"
    if behaviour() == "nonsense":
        return {"reports": "tidak ada"}
    done = settled()
    waiting = [one for one in json.loads((box / "reports.json").read_text()) if number_of(one) not in done]
    count = params["limit"] + 30 if behaviour() == "too many" else params["limit"]
    with open(box / "polls", "a") as log:
        log.write(f"{len(waiting)}\n")
    return {"reports": waiting[:count], "more": len(waiting) > count}


def send(_):
    if behaviour() == "hang in send":
        (box / "hanging").touch()
        time.sleep(3600)
    return {}


def taken(params):
    if behaviour() == "die in taken":
        os._exit(4)
    if behaviour() == "refuse taken":
        return -32004, "rusak"
    with open(box / "answers.jsonl", "a") as log:
        for answer in params["answers"]:
            log.write(json.dumps(answer) + "\n")
    write("settled.json", settled() + [one["external_id"] for one in params["answers"]])
    if behaviour() == "die after taken":
        os._exit(5)
    return {}


def start(params):
    global box, spool
    box = Path(params["config"]["box"])
    spool = Path(params["config"]["spool"])
    with open(box / "starts", "a") as log:
        log.write("1\n")
    spool.mkdir(parents=True, exist_ok=True)
    (spool / "a.txt").write_text("bukti")
    (spool / "large.bin").write_bytes(bytes(2 << 20))
    return {"name": "coba", "version": "1.0.0", "extensions": ["pintu.channel/1", "pintu.connector/1"]}


METHODS = {"start": start, "stop": lambda _: {}, "channel.poll": poll, "channel.taken": taken, "connector.send": send}

for line in sys.stdin:
    request = json.loads(line)
    if "method" not in request:
        continue
    result = METHODS[request["method"]](request.get("params", {}))
    answer = {"jsonrpc": "2.0", "id": request.get("id")}
    if isinstance(result, tuple):
        answer["error"] = {"code": result[0], "message": result[1]}
    else:
        answer["result"] = result
    print(json.dumps(answer), flush=True)
