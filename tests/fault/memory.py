#!/usr/bin/env python3
"""Let the n-th allocation fail, for each n, in one scenario after another.

    memory.py BUILD MOST

At most MOST places a scenario are tried, spread over all of them.  The server
must live; the answer must be the usual one, a clean 500 or 503, or none where
not even a connection could be made; what was not answered with 303 must not
be stored, unless nothing was answered; and the same request must go well
afterwards.  The control: a program that trusts malloc must be found out.
"""
import http.client
import mmap
import os
import struct
import subprocess
import sys
import tempfile

from trial import Form, House, Tally, application, apply_form, furnish, \
    stored

CLEAN = {500, 503}
TOO_OFTEN = 429         # what many wrong passwords come to
TRUSTING = """
#include <stdlib.h>
#include <string.h>
int main(void) { memset(malloc(64), 1, 64); return 0; }
"""


class Orders:
    """What fail_alloc.c is told."""

    def __init__(self, path):
        with open(path, "wb") as f:
            f.write(bytes(16))
        with open(path, "r+b") as f:
            self.map = mmap.mmap(f.fileno(), 16)

    def fail(self, n):
        self.map[0:8] = struct.pack("=q", n)

    def counted_from(self, n):
        """How many allocations there were since fail(N)."""
        return n - struct.unpack("=q", self.map[0:8])[0]


def preloaded(build, directory):
    library = os.path.join(os.path.abspath(build), "tests", "fault",
                           "libfail_alloc.so")
    path = os.path.join(directory, "orders")
    orders = Orders(path)
    return orders, {"LD_PRELOAD": library, "FAIL_ALLOC": path}


class Scenarios:
    """What people do, each a function of a number that gives the status."""

    def __init__(self, house, slug):
        self.house = house
        self.apply = apply_form(house, slug)
        self.cookie = house.sign_in("sjoukje@fjouwer.example")
        self.sign_in = Form(house, "/sign-in")
        self.quiet = Form(house, f"/{slug}/settings/quiet", self.cookie)
        pages = {"the front page": "/", "nothing": "/nothing/at/all",
                 "the form": f"/{slug}/apply", "today": f"/{slug}/today",
                 "applications": f"/{slug}/applications",
                 "the audit trail": f"/{slug}/audit",
                 "people": f"/{slug}/people", "mail": f"/{slug}/mail",
                 "the style": "/static/app.css", "readiness": "/readyz"}
        self.all = {name: self.reading(path) for name, path in pages.items()}
        self.all["applying"] = self.applying
        self.all["a wrong form"] = self.wrongly
        self.all["a wrong password"] = self.signing_in
        self.all["a quiet week"] = self.resting

    def reading(self, path):
        return lambda n: self.house.get(path, {"Cookie": self.cookie})[0]

    def applying(self, n):
        return self.house.post(self.apply, application(f"memory{n}"))[0]

    def wrongly(self, n):
        return self.house.post(self.apply, {"name": "nobody"})[0]

    def signing_in(self, n):
        return self.house.post(self.sign_in, {
            "email": "femke@fjouwer.example", "password": "not this one",
            "_once": f"sign{n}"})[0]

    def resting(self, n):
        return self.house.post(self.quiet, {
            "first": "2027-01-04", "last": "2027-01-08", "label": f"rest {n}",
            "_once": f"quiet{n}"})[0]


def status_of(scenario, n):
    """The status, or 0 when the connection was closed without an answer."""
    try:
        return scenario(n)
    except (OSError, http.client.HTTPException):
        return 0


class Trial:
    def __init__(self, tally, house, orders, most):
        self.tally, self.house, self.orders = tally, house, orders
        self.most = most
        self.serial = 0
        self.tried = self.refused = self.closed = 0

    def next(self):
        self.serial += 1
        return self.serial

    def places(self, scenario):
        """What is usually answered, and the allocations on the way."""
        usual = scenario(self.next())
        self.orders.fail(1 << 40)
        scenario(self.next())
        n = self.orders.counted_from(1 << 40)
        self.orders.fail(0)
        step = max(1, n // self.most)
        return usual, range(1, n + 1, step)

    def run(self, name, scenario):
        usual, places = self.places(scenario)
        for place in places:
            number = self.next()
            self.orders.fail(place)
            status = status_of(scenario, number)
            self.orders.fail(0)
            self.judge(f"{name}, allocation {place}", status, usual, number,
                       name == "applying")
            if self.house.process.poll() is not None:
                self.house.start()
        again = status_of(scenario, self.next())
        self.tally.check(f"{name} goes well again", again in (usual, TOO_OFTEN),
                         again)

    def judge(self, what, status, usual, number, stores):
        self.tried += 1
        self.refused += status in CLEAN
        self.closed += status == 0
        alive = self.house.process.poll() is None
        fine = CLEAN | {usual, TOO_OFTEN, 0}
        self.tally.check(what, alive and status in fine,
                         f"{status}, ended: {self.house.process.poll()}")
        if stores and status != 0:
            there = stored(self.house).count(f"memory{number}")
            self.tally.check(f"{what}: stored or not", there ==
                             (1 if status == 303 else 0), (status, there))


def check_control(tally, build, directory):
    source = os.path.join(directory, "trusting.c")
    program = os.path.join(directory, "trusting")
    with open(source, "w") as f:
        f.write(TRUSTING)
    subprocess.run(["cc", "-O0", "-o", program, source], check=True)
    orders, env = preloaded(build, directory)
    orders.fail(1)
    status = subprocess.run([program], env=env, check=False).returncode
    tally.check("control: trust in malloc is found out", status < 0, status)


def main():
    build, most = sys.argv[1], int(sys.argv[2])
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="fjouwer-memory-") as directory:
        check_control(tally, build, directory)
        house = House(build, directory)
        slug = furnish(house)
        orders, env = preloaded(build, directory)
        house.env.update(env)
        house.start()
        scenarios = Scenarios(house, slug)
        trial = Trial(tally, house, orders, most)
        for name, scenario in scenarios.all.items():
            trial.run(name, scenario)
        print(f"{trial.tried} allocations failed in {len(scenarios.all)} "
              f"scenarios: {trial.refused} clean refusals, "
              f"{trial.closed} closed connections")
        tally.check("it ends well", house.stop() == 0)
    return tally.end()


sys.exit(main())
