#!/usr/bin/env python3
"""Kill the server around sending: no confirmation may be lost.

    mail_kill.py BUILD [KILLS]

Applications come in over HTTP while their confirmations go out to a real mail
server.  A third of the kills come when that server has a letter and has not
yet answered, a third right after its answer, a third at any moment.  It also
refuses letters for a while, for good, and hangs up before answering.  Each
application that was answered with 303 must be confirmed at least once; what
comes twice must be the same bytes under the same Message-ID.
"""
import asyncio
import collections
import email
import os
import random
import subprocess
import sys
import tempfile
import time

from aiosmtpd.controller import Controller

from trial import House, Load, Tally, apply_form, furnish
from house import free_port

LOADS = 2
WAITING = "SELECT COUNT(*) FROM outbox WHERE state IN (0, 1);"
# The minutes between two attempts are not what is tried here.
HURRY = "UPDATE outbox SET not_before = 0 WHERE state = 0;"


class Sink:
    """A mail server that keeps what it took, and may kill who sent it."""

    def __init__(self):
        self.taken = collections.defaultdict(list)  # Message-ID: its bytes
        self.reached = collections.defaultdict(set)  # address: Message-IDs
        self.refused = set()    # addresses at which nobody lives
        self.hangups = 0
        self.victim = None      # process to kill, and when
        self.moment = None
        self.rude = True

    def kill(self):
        if self.moment is not None:
            self.moment = None
            self.victim.kill()

    def keep(self, envelope):
        number = email.message_from_bytes(envelope.content)["Message-ID"]
        self.taken[number].append(envelope.content)
        for address in envelope.rcpt_tos:
            self.reached[address].add(number)

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.split("@")[0].endswith("7"):
            self.refused.add(address)
            return "550 5.1.1 nobody here"
        if self.rude and random.random() < 0.05:
            return "451 4.7.1 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.keep(envelope)
        if self.moment == "before":
            self.kill()
        elif self.moment == "after":
            asyncio.get_event_loop().call_later(0.0005, self.kill)
        elif self.rude and random.random() < 0.01:
            self.hangups += 1
            server.transport.close()
        return "250 taken"


def kill_once(house, sink):
    """At a moment drawn by lot; whether the mail server brought it."""
    sink.victim = house.process
    sink.moment = random.choice(("before", "after", None))
    if sink.moment is not None:
        try:
            house.process.wait(2)
            return True
        except subprocess.TimeoutExpired:
            sink.moment = None          # no letter left in that time
    house.kill()
    return False


def round_of(house, sink, form, number):
    """Start, serve and be killed: (applications promised, met a letter)."""
    house.start()
    house.query(HURRY)
    loads = [Load(house, form, f"kill{number}of{i}-") for i in range(LOADS)]
    for load in loads:
        load.start()
    time.sleep(random.uniform(0.02, 0.15))
    met = kill_once(house, sink)
    for load in loads:
        load.stop()
    return [name for load in loads for name in load.promised], met


def send_the_rest(house, sink):
    """In peace, until no letter waits."""
    sink.rude = False
    house.start()
    end = time.monotonic() + 300
    while house.query(WAITING) != [["0"]] and time.monotonic() < end:
        house.query(HURRY)
        time.sleep(0.2)
    house.stop()


def judge(promised, sink, most_doubles):
    """What is wrong, as sentences."""
    addresses = {f"{name}@example.org" for name in promised}
    lost = addresses - set(sink.reached) - sink.refused
    wrong = [f"{len(lost)} confirmations lost"] if lost else []
    wrong += [f"{address} has letters under several Message-IDs"
              for address in addresses if len(sink.reached[address]) > 1]
    wrong += [f"the copies of {number} differ"
              for number, copies in sink.taken.items()
              if len(set(copies)) != 1]
    if doubles(sink) > most_doubles:
        wrong.append(f"{doubles(sink)} doubles, {most_doubles} explained")
    return wrong


def doubles(sink):
    return sum(len(copies) - 1 for copies in sink.taken.values())


def control(tally, why, promised, letters):
    """The judge must find what it is there to find."""
    sink = Sink()
    for number, address, content in letters:
        sink.taken[number].append(content)
        sink.reached[address].add(number)
    tally.check(f"control: {why} is found out", judge(promised, sink, 0))


def controls(tally):
    one = ("<1>", "a@example.org", b"text")
    control(tally, "a lost letter", ["a", "b"], [one])
    control(tally, "a double that nothing explains", ["a"], [one, one])
    control(tally, "a second Message-ID", ["a"],
            [one, ("<2>", "a@example.org", b"text")])
    control(tally, "a copy that differs", ["a"],
            [one, ("<1>", "a@example.org", b"other")])


def kill_often(build, kills, sink, port):
    """The applications promised, and how many kills met a letter."""
    promised, met = [], 0
    with tempfile.TemporaryDirectory(prefix="fjouwer-mail-") as directory:
        house = House(build, directory)
        house.env["FJOUWER_SMTP"] = f"smtp://127.0.0.1:{port}"
        slug = furnish(house)
        house.start()
        form = apply_form(house, slug)
        house.stop()
        for number in range(kills):
            names, hit = round_of(house, sink, form, number)
            promised += names
            met += hit
        send_the_rest(house, sink)
    return promised, met


def main():
    build, kills = sys.argv[1], int((sys.argv + ["200"])[2])
    tally, sink, port = Tally(), Sink(), free_port()
    controls(tally)
    server = Controller(sink, hostname="127.0.0.1", port=port)
    server.start()
    promised, met = kill_often(build, kills, sink, port)
    server.stop()
    print(f"{kills} kills, {met} of them brought by a letter; "
          f"{len(promised)} promised, {len(sink.taken)} letters taken, "
          f"{len(sink.refused)} refused, {doubles(sink)} doubles, "
          f"{sink.hangups} hang-ups")
    wrong = judge(promised, sink, kills + sink.hangups)
    tally.check("each is confirmed, twice only as the same", not wrong,
                "; ".join(wrong[:5]))
    tally.check("kills met letters on their way", met >= kills / 3)
    tally.check("more was promised than killed", len(promised) > kills)
    return tally.end()


sys.exit(main())
