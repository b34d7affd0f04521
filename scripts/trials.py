"""What the checks of this folder share: the program, histories with known changes, a receiver, and traced or failing I/O."""

import calendar
import http.server
import json
import os
import pathlib
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
ADVISOR = pathlib.Path(os.environ.get("ADVISOR") or ROOT / ".build/debug/advisor").resolve()
BEGIN = 1_767_225_600  # 2026-01-01T00:00:00Z
PERIOD = 300
LONGEST = 120  # maximum duration of a command, in seconds

RULES = """rules:
  - id: cpu-high
    title: CPU above 80 %
    applies_to: database
    when: avg(cpu) > 80%
    severity: warning
"""

STACK = """name: trials
resources:
  - { id: db, kind: database }
ingest: [exports/]
alerts: { repeat: never, stale_after: never }
retention: { 1m: 1d, 5m: 1d, 1h: 30d }
webhooks:
  - { name: file, format: file, path: alerts.jsonl }
  - { name: hook, format: standard, url_file: hook.url, allow_private: true }
"""


def main(name, default, body):
    """Runs a check: `body(count, folder)` returns what it found, and fails with an AssertionError."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else default
    if not os.access(ADVISOR, os.X_OK):
        sys.exit(f"{name}: {ADVISOR} is missing; run 'swift build --product advisor'")
    with tempfile.TemporaryDirectory() as folder:
        try:
            print(f"{name}: {body(count, pathlib.Path(folder).resolve())}")
        except (AssertionError, subprocess.SubprocessError, sqlite3.Error) as problem:
            sys.exit(f"{name}: failed: {problem}")


def stamp(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def advisor(folder, *arguments, env=None, timeout=LONGEST):
    """Runs a command in a folder."""
    return subprocess.run(
        [ADVISOR, *map(str, arguments)], cwd=folder, env=dict(os.environ, **(env or {})), stdin=subprocess.DEVNULL,
        capture_output=True, text=True, errors="replace", timeout=timeout)


def ended(done, *codes):
    """Fails unless a command ended with one of the codes; returns it."""
    assert done.returncode in codes, f"{' '.join(map(str, done.args[1:]))} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
    return done


def rows(folder, sql):
    database = sqlite3.connect(pathlib.Path(folder, "advisor.db"))
    try:
        return database.execute(sql).fetchall()
    finally:
        database.close()


class History:
    """Five-minute averages that cross the threshold at known times; the first periods are without an alarm."""

    def __init__(self, periods, chance, quiet=12):
        self.values = [50.0] * quiet
        is_high = False
        while len(self.values) < quiet + periods:
            is_high = not is_high
            self.values += [90.0 if is_high else 50.0] * chance.randint(1, 7)
        self.values = self.values[:quiet + periods]

    def changes(self, last=None):
        """The expected alerts: the state changes at the end of the datapoint that causes the change."""
        result, state = [], False
        for number, value in enumerate(self.values[:last]):
            if (value > 80) != state:
                state = value > 80
                result.append(("alarm" if state else "resolved", stamp(BEGIN + (number + 1) * PERIOD)))
        return result

    def export(self, folder, first, last):
        """Writes the samples of periods first to last to a new file, atomically, as an exporter does."""
        lines = [f"{stamp(BEGIN + n * PERIOD)},cpu,db,{self.values[n]},Percent,{PERIOD}" for n in range(first, last)]
        part = folder / f".{first:06}.csv"
        part.write_text("timestamp,metric,resource,value,unit,period\n" + "\n".join(lines) + "\n")
        part.rename(folder / f"{first:06}.csv")


class Receiver:
    """A local HTTP receiver that keeps what it accepts, in order, as pairs of the header's id and the alert."""

    def __init__(self, answer=lambda: 204):
        """`answer` gives the status of each request; 0 accepts it and closes the connection."""
        self.received, self.lock, self.on_receipt = [], threading.Lock(), lambda identity, alert: None
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                with outer.lock:
                    status = answer()
                    if status in (0, 204):
                        receipt = (self.headers["webhook-id"], json.loads(body)["data"])
                        outer.received.append(receipt)
                        outer.on_receipt(*receipt)
                if status == 0:
                    return self.connection.close()
                self.send_response(status)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.handle_error = lambda *_: None  # a connection that was closed on purpose
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"


def scene(folder, url, stack=STACK):
    """Makes a folder in which a history can be exported to `exports`."""
    (folder / "exports").mkdir(parents=True)
    (folder / "only").mkdir()
    (folder / "only" / "rules.yaml").write_text(RULES)
    (folder / "advisor.yaml").write_text(stack)
    (folder / "hook.url").write_text(url + "\n")
    return folder


def run(folder, now, env=None):
    return advisor(folder, "run", "--rules", "only", "--now", stamp(now), "--wait", "0", env=env)


def alerts(folder):
    """What the file receiver got, as pairs like the HTTP receiver's."""
    path = folder / "alerts.jsonl"
    lines = path.read_bytes().splitlines() if path.exists() else []
    found = []
    for line in lines:
        try:
            alert = json.loads(line)
            found.append((alert["id"], alert))
        except ValueError:
            continue  # the rest of a line that a cut or a fault ended
    return found


def verify(name, received, expected):
    """Checks that every change was notified under one id, and no other; returns the number of repeats."""
    ids, merged = {}, set()
    received = [(identity, alert) for identity, alert in received if alert["key"] != "run"]  # that a run failed is true
    for identity, alert in received:
        assert identity == alert["id"], f"{name}: the header has id {identity}, the alert {alert['id']}"
        time_of_change = alert["starts_at"] if alert["kind"] == "alarm" else alert["ends_at"]
        ids.setdefault((alert["kind"], time_of_change), set()).add(identity)
        if alert["kind"] == "resolved":
            # An alarm that began and ended between two runs is one message, with its own times.
            merged.add(("alarm", alert["starts_at"]))
    missing = [change for change in expected if change not in ids and change not in merged]
    assert not missing, f"{name}: {len(missing)} changes were not notified, the first {missing[0]}"
    invented = sorted(set(ids) - set(expected))
    assert not invented, f"{name}: {len(invented)} alerts without a change, the first {invented[0]}"
    several = [change for change, own in ids.items() if len(own) > 1]
    assert not several, f"{name}: notified under several ids: {several[0]}"
    return len(received) - len(ids)


def minute(text):
    return (calendar.timegm(time.strptime(text, "%Y-%m-%dT%H:%M:%SZ")) - BEGIN) // 60


def notified(received):
    """What was notified, as spans of minutes; an end of None is open."""
    spans, current, known = [], None, set()
    for identity, alert in received:
        if alert["key"] == "run" or identity in known:
            continue
        known.add(identity)
        begin = minute(alert["starts_at"])
        if alert["kind"] == "alarm":
            over = [(minute(reason["starts_at"]), minute(reason["ends_at"])) for reason in alert["reasons"] if reason["ends_at"]]
            spans += over
            assert current is None or over, f"notified twice: {current} and {begin}"
            current = begin if current is None else current
        elif alert["kind"] == "resolved":
            spans.append((begin if current is None else current, minute(alert["ends_at"])))
            current = None
    return sorted(spans + ([(current, None)] if current is not None else []))


def recorded(folder):
    """The alarms of the store as spans of minutes; no data is neither a beginning nor an end."""
    spans, begin = [], None
    for at, state in rows(folder, "SELECT at, toState FROM transition ORDER BY at"):
        at = (at // 1000 - BEGIN) // 60
        if state == "ALARM" and begin is None:
            begin = at
        elif state == "OK" and begin is not None:
            spans.append((begin, at))
            begin = None
    return spans + ([(begin, None)] if begin is not None else [])


def covered(name, received, folder):
    """Checks that one notification covers each alarm, its own or a merged one, and that no two overlap; returns their number."""
    alarms, spans = recorded(folder), notified(received)
    for begin, end in alarms:
        covering = [other for other in spans if begin < (other[1] or 1e9) and other[0] < (end or 1e9)]
        assert len(covering) == 1, f"{name}: the alarm {begin, end} is covered by {covering}; recorded {alarms}, notified {spans}"
    for one, other in zip(spans, spans[1:]):
        assert one[1] is not None and one[1] <= other[0], f"{name}: {one} and {other} were notified; recorded {alarms}"
    return len(alarms)


def shim(folder):
    """Compiles io_shim.c; ends the check with a message if there is no compiler."""
    compiler = next(filter(None, map(shutil.which, ("cc", "clang", "gcc"))), None)
    if not compiler:
        print("skipped: no C compiler")
        sys.exit(0)
    library = folder / "io_shim.so"
    subprocess.run([compiler, "-O2", "-shared", "-fPIC", "-o", library, ROOT / "scripts/io_shim.c", "-ldl"], check=True)
    return library


def seeded(name):
    """A generator that gives the same numbers on each run of a check."""
    return random.Random(f"{name} 20260401")
