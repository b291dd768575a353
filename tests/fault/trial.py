"""What the fault tests share: counting, and a programme to send things to."""
import http.client
import os
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
from house import Form, House  # noqa: E402,F401

TOO_FAST = 3.2          # seconds: a form sent sooner is taken for a machine's
QUESTION = "How do I keep my customers?"


class Tally:
    """Counts what held, and says what did not."""

    def __init__(self):
        self.passed = self.failed = 0

    def check(self, what, holds, detail=""):
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED: {what} {detail}".rstrip())

    def end(self):
        print(f"{self.passed} passed, {self.failed} failed")
        return 0 if self.failed == 0 else 1


def furnish(house):
    """A programme that takes any number of applications; its slug."""
    house.command("demo")
    house.query("UPDATE programme SET network_daily = 1000000000;")
    return house.query("SELECT slug FROM programme LIMIT 1;")[0][0]


def application(name):
    return {"question": QUESTION, "name": name, "place": "Drachten",
            "email": f"{name}@example.org", "phone": "0612345678",
            "lang": "nl", "_once": name}


def apply_form(house, slug):
    """The public form, old enough to be sent by a person."""
    form = Form(house, f"/{slug}/apply")
    time.sleep(TOO_FAST)
    return form


def stored(house):
    """The names of all applications."""
    return [row[0] for row in house.query("SELECT name FROM application;")]


class Load(threading.Thread):
    """Sends applications until it is told to stop, and counts the answers."""

    def __init__(self, house, form, prefix, page=None):
        super().__init__()
        self.house, self.form, self.prefix = house, form, prefix
        self.page = page        # read between the applications
        self.promised, self.failures = [], []
        self.stopping = False

    def run(self):
        n = 0
        while not self.stopping:
            name = f"{self.prefix}-{n}"
            n += 1
            try:
                self.send(name)
            except (OSError, http.client.HTTPException) as e:
                self.failures.append(repr(e))

    def send(self, name):
        status = self.house.post(self.form, application(name))[0]
        if status == 303:
            self.promised.append(name)
        else:
            self.failures.append(status)
        if self.page is not None:
            status = self.house.get(self.page)[0]
            if status != 200:
                self.failures.append(status)

    def stop(self):
        self.stopping = True
        self.join()
