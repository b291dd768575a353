#!/usr/bin/env python3
"""Make back-ups under load, and kill others half-way.

    backup.py BUILD BACKUPS KILLS

Each back-up must be restored elsewhere with the same row hash, and hold all
that was promised before it began.  One that was killed must have left no file
of its name, or a whole one, and must not hinder the next.  The control: of a
back-up in which one name was changed the row hash must differ.
"""
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time

from trial import House, Load, Tally, apply_form, furnish, stored


def restored(house, build, file):
    """A house in which FILE was put back, and the row hash of that."""
    directory = tempfile.mkdtemp(prefix="restored-", dir=house.directory)
    other = House(build, directory)
    return other, other.command("restore", file).strip()


def make(house, file):
    """The row hash that was said."""
    done = subprocess.run([house.program, "backup", file], env=house.env,
                          capture_output=True, text=True, check=True)
    return re.search(r"row hash (\w+)", done.stderr).group(1)


def check_one(tally, house, build, file, promised):
    hash_said = make(house, file)
    other, hash_found = restored(house, build, file)
    tally.check("the row hash is that of the back-up",
                hash_said == hash_found)
    lost = set(promised) - set(stored(other))
    tally.check("all that was promised is in it", not lost, sorted(lost)[:3])


def check_killed(tally, house, build, file, seconds):
    """Kill one after so many seconds; whether it had come to an end."""
    p = subprocess.Popen([house.program, "backup", file], env=house.env,
                         stdout=subprocess.DEVNULL,
                         stderr=subprocess.DEVNULL)
    time.sleep(seconds)
    p.send_signal(signal.SIGKILL)
    ended = p.wait() == 0
    if os.path.exists(file):
        try:
            restored(house, build, file)
            whole = True
        except RuntimeError:
            whole = False
        tally.check("what has its name is whole", whole, f"{seconds:.3f} s")
    else:
        tally.check("killed, it left nothing of its name", not ended)
    return ended


def check_control(tally, house, build, file):
    hash_said = make(house, file)
    other = House(build, house.directory)
    other.file = file
    other.query("UPDATE application SET name = name || 'x' WHERE id ="
                " (SELECT MIN(id) FROM application);")
    tally.check("control: a changed name is seen",
                restored(house, build, file)[1] != hash_said)


def main():
    build, backups, kills = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    random.seed(20260102)
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="fjouwer-backup-") as directory:
        house = House(build, directory)
        slug = furnish(house)
        house.start()
        form = apply_form(house, slug)
        load = [Load(house, form, f"load{i}") for i in range(2)]
        for client in load:
            client.start()
        for n in range(backups):
            promised = [name for c in load for name in list(c.promised)]
            check_one(tally, house, build, f"{directory}/copy{n}.db",
                      promised)
        begin = time.monotonic()
        make(house, f"{directory}/timed.db")
        usual = time.monotonic() - begin
        ended = sum(check_killed(tally, house, build,
                                 f"{directory}/killed{n}.db",
                                 random.uniform(0, usual))
                    for n in range(kills))
        check_one(tally, house, build, f"{directory}/killed0.db.again", [])
        for client in load:
            client.stop()
        failures = [f for c in load for f in c.failures]
        tally.check("no form was refused meanwhile", not failures,
                    failures[:3])
        house.stop()
        check_control(tally, house, build, f"{directory}/control.db")
        print(f"{backups} back-ups of {usual:.2f} s under "
              f"{sum(len(c.promised) for c in load)} applications, "
              f"{kills} killed, of which {ended} had ended")
    return tally.end()


sys.exit(main())
