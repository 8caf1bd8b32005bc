"""A program that speaks JSON-RPC over its standard streams; what a question names is how it behaves."""
import json
import os
import sys
import time

last_id = 0


def write(message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def ask(method, params):
    global last_id
    last_id += 1
    write({"jsonrpc": "2.0", "id": f"p{last_id}", "method": method, "params": params})
    return json.loads(sys.stdin.readline())


def answer(request):
    fact = request["params"].get("fact", "")
    done = {"jsonrpc": "2.0", "id": request["id"], "result": {"value": "ya"}}
    if fact == "mati":
        os.abort()
    if fact == "keluar":
        sys.exit(3)
    if fact == "lambat":
        time.sleep(30)
    if fact == "bukan_json":
        print("bukan json", flush=True)
    elif fact == "lain":
        write({**done, "id": 999})
    elif fact == "dua":
        sys.stdout.write(2 * (json.dumps(done) + "\n"))
        sys.stdout.flush()
    elif fact == "panjang":
        sys.stdout.write("a" * (60 << 20))
        sys.stdout.flush()
    elif fact == "sepuluh_mega":
        write({**done, "result": {"value": "é" * (5 << 20)}})
    elif fact == "tolak":
        write({"jsonrpc": "2.0", "id": request["id"], "error": {"code": -32001, "message": "tidak bisa"}})
    elif fact == "nanti":
        write({"jsonrpc": "2.0", "id": request["id"], "error": {"code": -32002, "message": ""}})
    elif fact == "tanya":
        put = ask("state.put", {"key": "a", "value": "1"})
        got = ask("state.get", {"key": "a"})
        none = ask("state.get", {"key": "b"})
        ask("log.write", {"level": "info", "line": "bertanya"})
        value = [put.get("result"), got.get("result"), none["error"]["code"]]
        write({**done, "result": {"value": json.dumps(value)}})
    elif fact == "tanya_terus":
        while True:
            ask("time.now", {})
    elif fact == "kesalahan":
        print("ada yang salah", file=sys.stderr, flush=True)
        write(done)
    elif fact == "tutup":
        sys.stdin.close()
        os.close(0)
        write(done)
    else:
        write({**done, "result": {"value": "gema", "asked": request["params"]}})


def start(request):
    config = request["params"]["config"]
    if config.get("mode") == "menolak":
        return {"error": {"code": -32001, "message": "belum siap"}}
    return {"result": {"name": "uji", "version": "1.0.0", "extensions": ["pintu.fact/1"]}}


for line in sys.stdin:
    request = json.loads(line)
    if request["method"] == "start":
        write({"jsonrpc": "2.0", "id": request["id"], **start(request)})
    elif request["method"] == "stop":
        write({"jsonrpc": "2.0", "id": request["id"], "result": {}})
        break
    else:
        answer(request)
