#!/usr/bin/env python3
"""Restart under load, N times, as systemd does with a socket of its own.

    restart.py BUILD N

The socket stays open between one server and the next, so that who comes
meanwhile waits.  No request may fail, and what was answered with 303 must be
stored.  The control: without a socket that stays, requests do fail.
"""
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time

from trial import House, Load, Tally, apply_form, furnish, stored

CLIENTS = 4
SERVE_A_SOCKET = 'export LISTEN_PID=$$ LISTEN_FDS=1; exec "$0" serve'


class Activated(House):
    """A house whose socket is ours, and handed over as number 3."""

    def __init__(self, build, directory):
        super().__init__(build, directory)
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(("127.0.0.1", self.port))
        self.socket.listen(1024)

    def start(self):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                ["/bin/sh", "-c", 'exec 3<&0 0</dev/null; ' + SERVE_A_SOCKET,
                 self.program], env=self.env, stdin=self.socket.fileno(),
                stdout=log, stderr=log)
        if self.get("/readyz")[0] != 200:
            raise RuntimeError("not ready")


def restart_under_load(house, slug, form, times, prefix):
    """What the clients were promised, what failed, the statuses at the end."""
    load = [Load(house, form, f"{prefix}{i}", f"/{slug}/apply")
            for i in range(CLIENTS)]
    for client in load:
        client.start()
    ends = []
    for _ in range(times):
        time.sleep(0.3)
        house.process.send_signal(signal.SIGTERM)
        ends.append(house.process.wait(timeout=30))
        house.start()
    time.sleep(0.2)
    for client in load:
        client.stop()
    return ([n for c in load for n in c.promised],
            [f for c in load for f in c.failures], ends)


def check_control(tally, build):
    with tempfile.TemporaryDirectory(prefix="fjouwer-restart-") as directory:
        house = House(build, directory)
        slug = furnish(house)
        house.start()
        form = apply_form(house, slug)
        _, failures, _ = restart_under_load(house, slug, form, 2, "control")
        house.stop()
        tally.check("control: without the socket requests fail", failures)


def check_restarts(tally, build, times):
    with tempfile.TemporaryDirectory(prefix="fjouwer-restart-") as directory:
        house = Activated(build, directory)
        slug = furnish(house)
        house.start()
        form = apply_form(house, slug)
        promised, failures, ends = restart_under_load(
            house, slug, form, times, "restart")
        house.stop()
        lost = set(promised) - set(stored(house))
        tally.check("no request failed", not failures, failures[:5])
        tally.check("every server ended with 0", set(ends) == {0}, ends)
        tally.check("nothing promised is lost", promised and not lost,
                    sorted(lost)[:3])
        print(f"{times} restarts, {len(promised)} promised, "
              f"{len(failures)} failed")


def main():
    tally = Tally()
    check_control(tally, sys.argv[1])
    check_restarts(tally, sys.argv[1], int(sys.argv[2]))
    return tally.end()


sys.exit(main())
