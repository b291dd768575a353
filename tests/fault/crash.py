#!/usr/bin/env python3
"""Kill the server under a load of applications, again and again.

    crash.py BUILD sqlite|postgres KILLS

Each application that was answered with 303 must be there after the restart,
exactly once, with its promise and its letter.  First a control: a stand-in
that answers before it commits must be found out within a few kills.  For
PostgreSQL, FJOUWER_TEST_POSTGRES names an empty database.
"""
import collections
import http.client
import os
import random
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
from house import Form, House  # noqa: E402

CLIENTS = 6
TOO_FAST = 3.2          # seconds: a form sent sooner is taken for a machine's
STAND_IN = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                        "early_ack.py")

ROWS = """
SELECT a.name,
       (SELECT COUNT(*) FROM promise AS p
         WHERE p.programme = a.programme AND p.application = a.id),
       (SELECT COUNT(*) FROM outbox AS o
         WHERE o.programme = a.programme AND o.object = a.id
           AND o.kind = 'application received')
  FROM application AS a
 WHERE a.programme = {programme} AND a.received_at >= {since};
"""


class Client(threading.Thread):
    """Sends applications until the server is gone; keeps what was promised."""

    def __init__(self, house, form, prefix):
        super().__init__()
        self.house = house
        self.form = form
        self.prefix = prefix
        self.promised = []
        self.refused = []

    def run(self):
        c = http.client.HTTPConnection("127.0.0.1", self.house.port,
                                       timeout=10)
        try:
            for n in range(1000000):
                self.send(c, f"{self.prefix}-{n}")
        except (OSError, http.client.HTTPException):
            pass
        finally:
            c.close()

    def send(self, c, name):
        c.request("POST", self.form.path, self.form.body({
            "question": "How do I keep my customers?", "name": name,
            "place": "Drachten", "email": f"{name}@example.org",
            "phone": "0612345678", "lang": "nl", "_once": name,
        }), self.form.headers)
        answer = c.getresponse()
        answer.read()
        if answer.status == 303:
            self.promised.append(name)
        else:
            self.refused.append(answer.status)


class Result:
    def __init__(self):
        self.kills = self.promised = 0
        self.lost = []
        self.halves = []
        self.refused = []

    def holds(self):
        return self.promised > 0 and not self.lost and not self.halves \
            and not self.refused


def load_and_kill(house, form, number):
    """The clients of one round, after the kill."""
    clients = [Client(house, form, f"{number}-{i}") for i in range(CLIENTS)]
    for c in clients:
        c.start()
    time.sleep(random.uniform(0.02, 0.25))
    house.kill()
    for c in clients:
        c.join()
    return clients


def compare(house, programme, since, clients, result):
    """What was promised in a round against what is stored."""
    rows = house.query(ROWS.format(programme=programme, since=since),
                       programme)
    stored = collections.Counter(row[0] for row in rows)
    promised = [name for c in clients for name in c.promised]
    result.promised += len(promised)
    result.lost += sorted(set(promised) - set(stored))
    result.halves += [row for row in rows if row[1:] != ["1", "1"]]
    result.halves += [row for row in stored.items() if row[1] > 1]
    result.refused += [s for c in clients for s in c.refused]


def prepare(house):
    """A programme that takes any number of applications from one network."""
    house.command("demo")
    house.query("UPDATE programme SET network_daily = 1000000000;")
    return house.query("SELECT id, slug FROM programme LIMIT 1;")[0]


def crash(house, kills):
    result = Result()
    programme, slug = prepare(house)
    house.start()
    form = Form(house, f"/{slug}/apply")
    time.sleep(TOO_FAST)
    for number in range(kills):
        since = int(time.time() * 1000000)
        clients = load_and_kill(house, form, number)
        house.start()
        result.kills += 1
        compare(house, programme, since, clients, result)
    house.stop()
    return result


def report(what, result, seconds):
    print(f"{what}: {result.kills} kills, {result.promised} promised, "
          f"{len(result.lost)} lost, {len(result.halves)} half or double, "
          f"{len(result.refused)} refused, {seconds:.0f} s")
    for fault in (result.lost + result.halves + result.refused)[:3]:
        print(f"    for example: {fault}")


def timed_crash(what, kills, build, postgres=None, program=None):
    with tempfile.TemporaryDirectory(prefix="fjouwer-crash-") as directory:
        begin = time.monotonic()
        house = House(build, directory, postgres, program)
        result = crash(house, kills)
        report(what, result, time.monotonic() - begin)
        return result


def main():
    build, kind, kills = sys.argv[1], sys.argv[2], int(sys.argv[3])
    random.seed(20260101)
    control = timed_crash("control, answers before it commits", 5, build,
                          program=STAND_IN)
    postgres = os.environ["FJOUWER_TEST_POSTGRES"] if kind == "postgres" \
        else None
    result = timed_crash(kind, kills, build, postgres)
    passed = bool(control.lost) + result.holds()
    print(f"{passed} passed, {2 - passed} failed")
    return 0 if passed == 2 else 1


sys.exit(main())
