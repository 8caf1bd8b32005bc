"""The engine's side of a Pintu plugin in Python: JSON-RPC 2.0, one object a line, on standard input
and output. What is printed goes to the plugin's log instead. docs/plugin-documents.md has the documents."""
import json
import sys


class Refused(Exception):
    """Never will work."""
    code = -32001


class Later(Exception):
    """The same again may work."""
    code = -32002


class Unknown(Exception):
    """No such thing: key, fact, secret."""
    code = -32003


class Engine:
    """What a plugin may ask, while it is being called."""

    def __init__(self, start, lines, out):
        self.config = start["config"]
        self._lines, self._out, self._id = lines, out, 0

    def ask(self, method, **document):
        self._id += 1
        _say(self._out, {"id": "p%d" % self._id, "method": method, "params": document})
        answer = json.loads(next(self._lines))
        if "error" in answer:
            for kind in (Refused, Later, Unknown):
                if answer["error"]["code"] == kind.code:
                    raise kind(answer["error"]["message"])
            raise RuntimeError(answer["error"]["message"])
        return answer["result"]

    def log(self, line, level="info"):
        self.ask("log.write", level=level, line=line)

    def secret(self, name):
        return self.ask("secret.get", name=name)["value"]

    def now_us(self):
        return self.ask("time.now")["now_us"]

    def get(self, key):
        """What put() kept, or None."""
        try:
            return self.ask("state.get", key=key)["value"]
        except Unknown:
            return None

    def put(self, key, value):
        self.ask("state.put", key=key, value=value)

    def http(self, **request):
        return self.ask("http.request", **request)


def _say(out, message):
    out.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")
    out.flush()


def _call(plugin, method, document):
    if method == "channel.poll":
        return {"reports": plugin.poll(document.get("limit", 100)), "more": False}
    if method == "channel.taken":
        plugin.taken(document.get("answers", []))
        return {}
    if method == "connector.send":
        plugin.send(document)
        return {}
    if method == "fact.answer":
        return {"value": plugin.answer(document.get("fact"), document.get("arguments", {}))}
    if method == "http.handle":
        return plugin.handle(document)
    raise Unknown("no such method: " + method)


def _extensions(kind):
    has = {"poll": "pintu.channel/1", "send": "pintu.connector/1", "answer": "pintu.fact/1",
           "handle": "pintu.http-handler/1"}
    return [name for method, name in has.items() if hasattr(kind, method)]


def run(name, version, kind):
    """Answers the engine until it says stop. `kind` is a class; it is made with an Engine."""
    out, sys.stdout = sys.stdout, sys.stderr
    lines = iter(sys.stdin.readline, "")
    plugin = None
    for line in lines:
        request = json.loads(line)
        method, document = request["method"], request.get("params", {})
        try:
            if method == "start":
                plugin = kind(Engine(document, lines, out))
                result = {"name": name, "version": version, "extensions": _extensions(kind)}
            else:
                result = {} if method == "stop" else _call(plugin, method, document)
            _say(out, {"id": request["id"], "result": result})
        except Exception as wrong:
            code = getattr(wrong, "code", -32004)
            _say(out, {"id": request["id"], "error": {"code": code, "message": str(wrong)}})
        if method == "stop":
            return
