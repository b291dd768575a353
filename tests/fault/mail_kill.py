#!/usr/bin/env python3
"""Kill the sender of letters around sending: none may be lost.

usage: mail_kill.py BUILD [KILLS]

A third of the kills come when the mail server has a letter and has not yet
answered, a third right after its answer, a third at any moment.  The server
also refuses letters for a while, for good, and hangs up before answering.
"""
import asyncio
import email
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time

from aiosmtpd.controller import Controller

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
import house  # noqa: E402


class Sink:
    """A mail server that keeps what it took, and may kill who sent it."""

    def __init__(self):
        self.taken = {}         # number: [(Message-ID, bytes)]
        self.refused = set()    # numbers of addresses that are nobody's
        self.hangups = 0
        self.victim = None      # process to kill, and when
        self.moment = None
        self.rude = True

    def kill(self):
        if self.victim is not None and self.victim.poll() is None:
            os.kill(self.victim.pid, signal.SIGKILL)
        self.moment = None

    def keep(self, content):
        mail = email.message_from_bytes(content)
        subject = str(email.header.make_header(
            email.header.decode_header(mail["Subject"])))
        number = int(subject.removeprefix("Letter "))
        self.taken.setdefault(number, []).append(
            (mail["Message-ID"], content))

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody"):
            self.refused.add(int(address.split("@")[0][6:]))
            return "550 5.1.1 nobody here"
        if self.rude and random.random() < 0.05:
            return "451 4.7.1 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.keep(envelope.content)
        if self.moment == "before":
            self.kill()
        elif self.moment == "after":
            asyncio.get_event_loop().call_later(0.0005, self.kill)
        elif self.rude and random.random() < 0.01:
            self.hangups += 1
            server.transport.close()
        return "250 taken"


def start(build, directory, port, count):
    return subprocess.Popen(
        [os.path.join(build, "tests", "fault", "mail_source"), directory,
         f"smtp://127.0.0.1:{port}", str(count)],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def listen(process, committed):
    """Numbers said before the end; a line cut off was not said."""
    for line in process.stdout:
        if line.endswith(b"\n"):
            committed.add(int(line))


def one_kill(build, directory, port, sink, committed):
    process = start(build, directory, port, 1000000)
    thread = threading.Thread(target=listen, args=(process, committed))
    thread.start()
    sink.victim = process
    time.sleep(random.uniform(0.02, 0.15))
    sink.moment = random.choice(("before", "after", None))
    if sink.moment is None:
        process.kill()
    try:
        process.wait(2)
    except subprocess.TimeoutExpired:
        process.kill()          # nothing was sent in that time
    process.wait()
    thread.join()


def judge(committed, taken, refused, most_doubles):
    """What is wrong, as sentences."""
    wrong = []
    lost = committed - set(taken) - refused
    if lost:
        wrong.append(f"{len(lost)} letters lost")
    for number, copies in taken.items():
        if len(set(copies)) != 1:
            wrong.append(f"the copies of letter {number} differ")
    doubles = sum(len(copies) - 1 for copies in taken.values())
    if doubles > most_doubles:
        wrong.append(f"{doubles} doubles, {most_doubles} can be explained")
    return wrong


def controls():
    """The judge must find what it is there to find."""
    return [
        judge({1, 2}, {1: [("<1>", b"a")]}, set(), 0),
        judge({1}, {1: [("<1>", b"a"), ("<2>", b"a")]}, set(), 1),
        judge({1}, {1: [("<1>", b"a"), ("<1>", b"a")]}, set(), 0),
    ]


def main():
    build, kills = sys.argv[1], int((sys.argv + ["200"])[2])
    sink = Sink()
    committed = set()
    port = house.free_port()
    server = Controller(sink, hostname="127.0.0.1", port=port)
    server.start()
    with tempfile.TemporaryDirectory() as directory:
        for _ in range(kills):
            one_kill(build, directory, port, sink, committed)
        sink.rude = False
        start(build, directory, port, 0).wait(120)
    server.stop()
    wrong = judge(committed, sink.taken, sink.refused, kills + sink.hangups)
    doubles = sum(len(c) - 1 for c in sink.taken.values())
    print(f"{len(committed)} letters committed, {len(sink.taken)} taken, "
          f"{len(sink.refused)} refused, {doubles} doubles, {kills} kills, "
          f"{sink.hangups} hang-ups")
    for sentence in wrong[:20]:
        print(sentence)
    blind = sum(1 for found in controls() if not found)
    failed = bool(wrong) + blind + (len(committed) < kills)
    print(f"{5 - failed} passed, {failed} failed")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
