"""What was acknowledged, written down outside the database, and whether the store still has it.

The ledger knows only what `pintu` said: a line of `intake` with its tracking id, a `case act` with
its step. The checker then reads the whole store, and the files into which effects went, and counts
what is missing and what is there twice.
"""
import collections
import dataclasses
import glob
import json
import re
import subprocess
import threading

from postgres_world import Failed, expect


class Ledger:
    def __init__(self, world):
        self.file = open(world.path("ledger.jsonl"), "a", encoding="utf-8")
        self.lock = threading.Lock()
        self.reports = {}  # external id -> tracking id
        self.acts = []  # (tracking id, step)
        self.tried = collections.Counter()  # tracking id -> comments that may have been kept
        self.wrong = []  # answers that contradict one another

    def _write(self, *entry):
        self.file.write(json.dumps(entry) + "\n")
        self.file.flush()

    def accepted(self, external_id, tracking_id):
        with self.lock:
            known = self.reports.setdefault(external_id, tracking_id)
            if known != tracking_id:
                self.wrong.append(f"{external_id} is {known}, then {tracking_id}")
            self._write("report", external_id, tracking_id)

    def will_act(self, tracking_id):
        with self.lock:
            self.tried[tracking_id] += 1

    def acted(self, tracking_id, step):
        with self.lock:
            self.acts.append((tracking_id, step))
            self._write("act", tracking_id, step)

    def some_report(self, chance):
        with self.lock:
            return chance.choice(list(self.reports.values())) if self.reports else None


@dataclasses.dataclass
class Verdict:
    """Counts of what must not be; `acknowledged`, `acts`, `events`, `effects` say how much was
    looked at."""
    acknowledged: int = 0
    acts: int = 0
    cases: int = 0
    events: int = 0
    effects: int = 0
    missing: int = 0
    duplicates: int = 0
    gaps: int = 0
    examples: list = dataclasses.field(default_factory=list)

    def bad(self, kind, what):
        setattr(self, kind, getattr(self, kind) + 1)
        if len(self.examples) < 12:
            self.examples.append(f"{kind}: {what}")

    def clean(self):
        return self.missing == 0 and self.duplicates == 0 and self.gaps == 0

    def words(self):
        return (f"{self.acknowledged} reports and {self.acts} acts acknowledged; in the store "
                f"{self.cases} cases, {self.events} events, {self.effects} effects; "
                f"{self.missing} missing, {self.duplicates} duplicate, {self.gaps} gaps")

    def must_be_clean(self):
        expect(self.clean(), self.words() + "\n  " + "\n  ".join(self.examples))
        return self


HEAD = re.compile(r'^\{"case":"([^"]+)","agency":"[^"]+","sequence":(\d+),"type":"(\w+)"')


class Histories:
    """Every event of the store, by `pintu history export`, what the checks need of each."""

    def __init__(self, world, store):
        self.events = 0
        self.last = collections.Counter()  # case -> highest sequence
        self.count = collections.Counter()  # case -> how many
        self.received = collections.defaultdict(list)  # external id -> tracking ids
        self.case_of = {}  # tracking id -> case
        self.comments = collections.defaultdict(dict)  # case -> {sequence: command id}
        self.fired = collections.Counter()
        self.asked = collections.Counter()  # effect keys
        self.done = collections.Counter()
        with open(world.path("export.err"), "w", encoding="utf-8") as errors:
            export = world.launch(store, "-o", "jsonl", "history", "export", stderr=errors,
                                  stdout=subprocess.PIPE)
            for line in export.stdout:
                self.take(line)
            code = export.wait()
        expect(code == 0, f"history export ended with {code}")

    def take(self, line):
        head = HEAD.match(line)
        if not head:
            raise Failed(f"not an event: {line[:200]}")
        case, sequence, kind = head.group(1), int(head.group(2)), head.group(3)
        self.events += 1
        self.count[case] += 1
        self.last[case] = max(self.last[case], sequence)
        take = getattr(self, "take_" + kind, None)
        if take:
            event = json.loads(line)
            take(case, event, event["payload"])

    def take_Received(self, case, _, payload):
        self.received[payload["external_id"]].append(payload["tracking_id"])
        self.case_of[payload["tracking_id"]] = case

    def take_Commented(self, case, event, _):
        self.comments[case][event["sequence"]] = event["command"]

    def take_ClockFired(self, case, _, payload):
        self.fired[(case, payload["clock"], payload["run"], payload["percent"],
                    payload["repeat"])] += 1

    def take_EffectRequested(self, _case, _event, payload):
        self.asked[payload["key"]] += 1

    def take_EffectDone(self, _case, _event, payload):
        self.done[payload["key"]] += 1


def check_reports(ledger, histories, verdict):
    for external_id, tracking_id in ledger.reports.items():
        there = histories.received.get(external_id, [])
        if tracking_id not in there:
            verdict.bad("missing", f"report {external_id}, {tracking_id}; there: {there}")
    for external_id, there in histories.received.items():
        if len(there) > 1:
            verdict.bad("duplicates", f"report {external_id} is {there}")
    for words in ledger.wrong:
        verdict.bad("duplicates", words)


def check_acts(ledger, histories, verdict):
    """`case act` says the case's last step after it: the comment itself, as nothing follows it."""
    seen = set()
    for tracking_id, step in ledger.acts:
        case = histories.case_of.get(tracking_id)
        if case is None or step not in histories.comments[case]:
            verdict.bad("missing", f"comment on {tracking_id}, step {step}")
        if (tracking_id, step) in seen:
            verdict.bad("duplicates", f"two comments on {tracking_id} had step {step}")
        seen.add((tracking_id, step))
    for tracking_id, case in histories.case_of.items():
        kept = histories.comments.get(case, {})
        commands = collections.Counter(kept.values())
        if len(kept) > ledger.tried[tracking_id] or any(n > 1 for n in commands.values()):
            verdict.bad("duplicates", f"{len(kept)} comments on {tracking_id}, "
                        f"{ledger.tried[tracking_id]} were asked for")


def check_sequences(histories, verdict):
    for case, count in histories.count.items():
        if count != histories.last[case]:
            verdict.bad("gaps" if count < histories.last[case] else "duplicates",
                        f"case {case} has {count} events, the last is {histories.last[case]}")
    for deadline, times in histories.fired.items():
        if times > 1:
            verdict.bad("duplicates", f"deadline {deadline} fired {times} times")


def performed(pattern):
    """Effect keys in the files that they were written to, by how often."""
    keys = collections.Counter()
    for path in glob.glob(pattern):
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                keys[json.loads(line)["key"]] += 1
    return keys


def check_effects(histories, outbox, settled, verdict):
    for key, times in histories.asked.items():
        if times > 1:
            verdict.bad("duplicates", f"effect {key} was asked for {times} times")
        if settled and histories.done[key] == 0:
            verdict.bad("missing", f"effect {key} is not settled")
    for key, times in histories.done.items():
        if times > 1:
            verdict.bad("duplicates", f"effect {key} was settled {times} times")
    if outbox is None:
        return
    files = performed(outbox)
    for key, times in files.items():
        if times > 1:
            verdict.bad("duplicates", f"effect {key} was performed {times} times")
    for key in histories.done:
        if files[key] == 0:
            verdict.bad("missing", f"effect {key} is settled but was never performed")


def check(world, ledger, store, outbox=None, settled=True):
    """`outbox`: a pattern of the files that effects went to; `settled`: none may be open."""
    histories = Histories(world, store)
    verdict = Verdict(acknowledged=len(ledger.reports), acts=len(ledger.acts),
                      cases=len(histories.count), events=histories.events,
                      effects=len(histories.asked))
    check_reports(ledger, histories, verdict)
    check_acts(ledger, histories, verdict)
    check_sequences(histories, verdict)
    check_effects(histories, outbox, settled, verdict)
    return verdict


def must_verify(world, store, seconds=600):
    """The product's own proofs, beside ours."""
    code, out, err = world.call(store, "history", "verify", seconds=seconds)
    expect(code == 0, f"history verify ended with {code}: {out}{err}")
    code, out, err = world.call(store, "-o", "json", "replay", "--all", seconds=seconds)
    expect(code == 0, f"replay ended with {code}: {out}{err}")
    told = json.loads(out)
    expect(told["different"] == 0 and told["cases"] == told["equal"], f"replay: {out}")
