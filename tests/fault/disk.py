#!/usr/bin/env python3
"""Serve from a disk that becomes full, and has room again.

    disk.py BUILD ROUNDS

The disk is a tmpfs of 12 MB, and one more a round for what is promised.  While it is full each form must come back with
503, a sentence and everything that was typed, pages must be read as before,
and the banner must show; a second after there is room again it must be gone.
What was answered with 303 must be stored.  The control: without the filler no
form is refused.
"""
import os
import subprocess
import sys
import tempfile

from trial import Form, House, QUESTION, Tally, application, apply_form, \
    furnish, stored

SPARE = 4000            # forms at most until a full disk must be noticed
BANNER = b"de schijf van de server is vol"


def fill(path):
    """Take all that is left."""
    with open(path, "wb", buffering=0) as f:
        try:
            while True:
                f.write(bytes(4096))
        except OSError:
            pass


def send(house, form, name, promised):
    status, _, body = house.post(form, application(name))
    if status == 303:
        promised.append(name)
    return status, body.decode()


def send_until_refused(house, form, prefix, promised):
    """The first refusal; None when there was none."""
    for n in range(SPARE):
        status, body = send(house, form, f"{prefix}-{n}", promised)
        if status != 303:
            return status, body
    return None


def is_told(house, form, slug, promised, number):
    """Something small, such as a mail that left, may yet find room between a
    refusal and the page; so it is tried a few times."""
    for turn in range(5):
        refused = send_until_refused(house, form, f"again{number}-{turn}",
                                     promised)
        status, _, body = house.get(f"/{slug}/apply",
                                    {"Accept-Language": "nl"})
        if refused is None or refused[0] != 503 or status != 200:
            return False
        if BANNER in body:
            return True
    return False


def check_full(tally, house, form, slug, promised, number):
    refused = send_until_refused(house, form, f"full{number}", promised)
    tally.check("a full disk is noticed", refused is not None)
    status, body = refused or (0, "")
    tally.check("it is answered with 503", status == 503, status)
    tally.check("what was typed is kept", QUESTION in body, body[:300])
    house.is_ready()        # writes nothing, so it tells nothing of room
    tally.check("and again, with a banner on pages that are read as before",
                is_told(house, form, slug, promised, number))
    tally.check("the server says that it lives",
                house.get("/healthz")[0] == 200)


def check_recovery(tally, house, form, slug, promised, number):
    status, _ = send(house, form, f"room{number}", promised)
    tally.check("with room again a form is saved", status == 303, status)
    body = house.get(f"/{slug}/apply", {"Accept-Language": "nl"})[2]
    tally.check("and the banner is gone", BANNER not in body)


def trial(tally, build, directory, rounds):
    house = House(build, directory)
    slug = furnish(house)
    house.start()
    form = apply_form(house, slug)
    promised = []
    control = [send(house, form, f"control{n}", promised)[0]
               for n in range(50)]
    tally.check("control: with room nothing is refused",
                set(control) == {303})
    ballast = os.path.join(directory, "ballast")
    for number in range(rounds):
        fill(ballast)
        check_full(tally, house, form, slug, promised, number)
        os.unlink(ballast)
        check_recovery(tally, house, form, slug, promised, number)
    tally.check("it never ended by itself", house.process.poll() is None)
    house.stop()
    lost = set(promised) - set(stored(house))
    tally.check("nothing promised is lost", not lost, sorted(lost)[:3])
    names = stored(house)
    tally.check("nothing is there twice", len(names) == len(set(names)))
    print(f"{rounds} times full, {len(promised)} promised")


def main():
    if os.geteuid() != 0:       # mounting asks for a root, if only of a name
        os.execvp("unshare", ["unshare", "-Urm", sys.executable, *sys.argv])
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="fjouwer-disk-") as directory:
        rounds = int(sys.argv[2])
        subprocess.run(["mount", "-t", "tmpfs", "-o",
                        f"size={12 + rounds}m,mode=700",
                        "fjouwer-test", directory], check=True)
        try:
            trial(tally, sys.argv[1], directory, rounds)
        finally:
            subprocess.run(["umount", "-l", directory], check=True)
    return tally.end()


sys.exit(main())
