#!/usr/bin/env python3
"""Set the clock while the server runs: clock.py BUILD

Over both changes of summer time, a day ahead and a day back: forms are taken,
promises lie on days to come, links and logins last as long as they should,
and mail goes out.  What was set aside is kept for thirty days and no longer.
The clock that deadlines use goes on, so a slow sender is cut off all the
same.  The control: a link of two days ago must be refused.
"""
import datetime
import os
import socket
import sys
import tempfile
import time
import urllib.parse
import zoneinfo

from trial import Form, House, Tally, application, apply_form, furnish

LIBRARY = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"
AMSTERDAM = zoneinfo.ZoneInfo("Europe/Amsterdam")
CUT_OFF = 16            # seconds: the deadline for headers, and some more
COUNTED = "SELECT SUM(n) FROM aside_count WHERE aside = 1;"
MANAGER = "sjoukje@fjouwer.example"


class Clock:
    """The time that the program sees, moved while it runs."""

    def __init__(self, directory, env):
        self.file = os.path.join(directory, "clock")
        self.offset = 0.0
        env.update(LD_PRELOAD=LIBRARY, FAKETIME_TIMESTAMP_FILE=self.file,
                   FAKETIME_NO_CACHE="1", FAKETIME_DONT_FAKE_MONOTONIC="1",
                   FAKETIME_DISABLE_SHM="1")

    def write(self):
        with open(self.file + ".new", "w") as f:
            f.write(f"{self.offset:+.3f}\n")
        os.rename(self.file + ".new", self.file)

    def set(self, year, month, day, hour, minute):
        """To a time in UTC."""
        at = datetime.datetime(year, month, day, hour, minute,
                               tzinfo=datetime.timezone.utc)
        self.offset = at.timestamp() - time.time()
        self.write()

    def move(self, **delta):
        self.offset += datetime.timedelta(**delta).total_seconds()
        self.write()

    def today(self):
        return datetime.datetime.fromtimestamp(
            time.time() + self.offset, AMSTERDAM).date().isoformat()


class Trial:
    def __init__(self, tally, house, clock, slug):
        self.tally, self.house, self.clock = tally, house, clock
        self.slug = slug
        self.serial = 0

    def check(self, what, holds, detail=""):
        self.tally.check(what, holds, detail)

    def is_signed_in(self, cookie):
        return self.house.get(f"/{self.slug}/today",
                              {"Cookie": cookie})[0] == 200

    def letters(self):
        directory = os.path.join(self.house.directory, "mail")
        return len(os.listdir(directory)) if os.path.isdir(directory) else 0

    def apply(self, when, form):
        """One application: taken, promised for later, confirmed by mail."""
        self.serial += 1
        name = f"clock{self.serial}"
        before = self.letters()
        status = self.house.post(form, application(name))[0]
        self.check(f"{when} a form is taken", status == 303, status)
        due = self.house.query(
            "SELECT p.due_day FROM promise AS p JOIN application AS a"
            " ON a.programme = p.programme AND a.id = p.application"
            f" WHERE a.name = '{name}';")
        self.check(f"{when} the promise lies ahead, within two weeks",
                   due and self.clock.today() < due[0][0] <= later(
                       self.clock.today(), 14), due)
        end = time.monotonic() + 12
        while self.letters() == before and time.monotonic() < end:
            time.sleep(0.1)
        self.check(f"{when} the mail goes out", self.letters() > before)

    def sign_in(self, when):
        cookie = self.house.sign_in(MANAGER)
        self.check(f"{when} one signs in", self.is_signed_in(cookie))
        return cookie


def later(day, days):
    return (datetime.date.fromisoformat(day)
            + datetime.timedelta(days=days)).isoformat()


def is_cut_off(house):
    """Whether a header that drips is ended by the server."""
    with socket.create_connection(("127.0.0.1", house.port), 5) as s:
        s.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n")
        end = time.monotonic() + CUT_OFF
        s.settimeout(0.5)
        while time.monotonic() < end:
            try:
                s.sendall(b"X")
                if s.recv(100) == b"":
                    return True
            except TimeoutError:
                continue
            except OSError:
                return True
    return False


def follow_link(house, link):
    form = Form(house, link)
    return house.post(form, {})[0]


def new_link(house):
    url = house.command("signin-link", MANAGER).split()[-1]
    return urllib.parse.urlparse(url).path


def is_refused(house, link):
    try:
        return follow_link(house, link) != 303
    except RuntimeError:        # there is no form any more
        return True


def over_summer_time(trial, name, *before):
    """From just before the change to an hour of the wall's later."""
    trial.clock.set(*before)
    form = apply_form(trial.house, trial.slug)
    cookie = trial.sign_in(f"before {name}")
    trial.apply(f"before {name}", form)
    link = new_link(trial.house)
    trial.clock.move(minutes=5)
    trial.check(f"after {name} one is still signed in",
                trial.is_signed_in(cookie))
    trial.apply(f"after {name}", form)
    trial.check(f"after {name} a link of before holds",
                follow_link(trial.house, link) == 303)


def a_day(trial):
    trial.clock.set(2027, 5, 11, 9, 0)
    form = apply_form(trial.house, trial.slug)
    cookie = trial.sign_in("at first")
    link = new_link(trial.house)
    trial.clock.move(days=1)
    trial.check("a day later one is signed out",
                not trial.is_signed_in(cookie))
    trial.check("a day later a form of the day before is taken or kept",
                trial.house.post(form, application("of yesterday"))[0]
                in (303, 403, 422))
    cookie = trial.sign_in("a day later")
    trial.apply("a day later", apply_form(trial.house, trial.slug))
    trial.clock.move(days=-1)
    trial.check("a day back the server answers",
                trial.house.get("/")[0] in (200, 303))
    trial.sign_in("a day back")
    trial.apply("a day back", apply_form(trial.house, trial.slug))
    trial.check("a day back a slow sender is cut off",
                is_cut_off(trial.house))
    trial.clock.move(days=2)
    trial.check("control: a link of two days ago is refused",
                is_refused(trial.house, link))


def restart(trial, **later_by):
    """The clock goes on while the server is away; jobs begin with it."""
    trial.house.stop()
    trial.clock.move(**later_by)
    trial.house.start()
    return trial.house.sign_in(MANAGER)


def is_gone(trial, name, seconds):
    """Whether no application has that name, or none within SECONDS."""
    end = time.monotonic() + seconds
    while True:
        if not trial.house.query("SELECT id FROM application"
                                 f" WHERE name = '{name}';"):
            return True
        if time.monotonic() > end:
            return False
        time.sleep(0.1)


def thirty_days(trial):
    trial.clock.set(2027, 6, 1, 9, 0)
    form = apply_form(trial.house, trial.slug)
    robot = {**application("robot"), "website": "http://example.org"}
    trial.house.post(form, robot)
    number = trial.house.query(
        "SELECT id FROM application WHERE name = 'robot';")[0][0]
    page = f"/{trial.slug}/applications/{number}"
    cookie = trial.house.sign_in(MANAGER)
    trial.check("its page says until when it is kept",
                b"1 juli 2027" in trial.house.get(
                    page, {"Cookie": cookie})[2])
    cookie = restart(trial, days=29, hours=23)
    counted = trial.house.query(COUNTED)
    trial.check("on the thirtieth day it is still there",
                not is_gone(trial, "robot", 2) and
                trial.house.get(page, {"Cookie": cookie})[0] == 200)
    cookie = restart(trial, hours=2)
    trial.check("after thirty days it is gone", is_gone(trial, "robot", 10))
    trial.check("and so is its page",
                trial.house.get(page, {"Cookie": cookie})[0] == 404)
    trial.check("but it was counted, and its removal can be seen",
                trial.house.query(COUNTED) != counted and
                trial.house.query(
                    "SELECT actor FROM audit WHERE object = "
                    f"{number} AND what = 'application removed';") ==
                [["0"]])
    trial.check("the audit trail is whole",
                "whole" in trial.house.command("audit", "verify"))


def main():
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="fjouwer-clock-") as directory:
        house = House(sys.argv[1], directory)
        clock = Clock(directory, house.env)
        clock.set(2027, 3, 1, 9, 0)
        slug = furnish(house)
        house.start()
        trial = Trial(tally, house, clock, slug)
        over_summer_time(trial, "summer time", 2027, 3, 28, 0, 58)
        over_summer_time(trial, "winter time", 2026, 10, 25, 0, 58)
        a_day(trial)
        thirty_days(trial)
        tally.check("it ends well", house.stop() == 0)
    return tally.end()


sys.exit(main())
