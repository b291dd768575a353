#!/usr/bin/env python3
"""Start on a database that was damaged, N times, each in another way.

    damage.py BUILD N

Bits are turned and ends cut off, in the file and in its WAL, as a power cut
left them; every second time in a file that was closed well, and its times are
kept, as a disk does that forgets.  Each time the program must either refuse with exit 1 and plain words, or serve: every page
answered, at most with a clean 500, and a clean end.  A signal or a silence is
a failure.  Controls: the judge must find out stand-ins that crash and that
hang, and the undamaged file must be served with all its rows.
"""
import concurrent.futures
import contextlib
import http.client
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

from trial import House, Tally, application, apply_form, furnish, stored

PLAIN = ("damaged", "cannot be read", "newer than", "not a back-up",
         "is not the one that was applied")
ANSWERS = {200, 303, 404, 500, 503}
FILES = ("fjouwer.db", "fjouwer.db-wal")
# A disk that is memory: thousands of starts need not wait for a real one.
PLACE = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def turn_bits(data, rng):
    for _ in range(rng.choice((1, 1, 8, 64))):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)


def turn_bits_of_one_page(data, rng):
    page = rng.randrange((len(data) + 4095) // 4096)
    for _ in range(16):
        at = min(page * 4096 + rng.randrange(4096), len(data) - 1)
        data[at] ^= 1 << rng.randrange(8)


def turn_bits_of_the_head(data, rng):
    data[rng.randrange(min(100, len(data)))] ^= 1 << rng.randrange(8)


def blank(data, rng):
    start = rng.randrange(len(data))
    end = min(len(data), start + rng.choice((16, 512, 4096, 65536)))
    data[start:end] = bytes(end - start)


def cut(data, rng):
    del data[rng.randrange(len(data)):]


def cut_pages(data, rng):
    del data[rng.randrange(len(data) // 4096 + 1) * 4096:]


DAMAGES = (turn_bits, turn_bits_of_one_page, turn_bits_of_the_head, blank,
           cut, cut_pages)


def damage(directory, rng):
    """Spoil one of the files; what was done to which."""
    name = rng.choice([name for name in FILES if os.path.exists(
        os.path.join(directory, name))])
    way = rng.choice(DAMAGES)
    path = os.path.join(directory, name)
    with open(path, "rb") as f:
        data = bytearray(f.read())
    way(data, rng)
    times = os.stat(path)
    with open(path, "wb") as f:
        f.write(data)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    return way.__name__, name


def ask_all(house, pages, cookie):
    """What is wrong with the answers, or None."""
    for page in pages:
        try:
            status = house.get(page, {"Cookie": cookie})[0]
        except (OSError, http.client.HTTPException) as e:
            return f"{page}: {e!r}"
        if status not in ANSWERS:
            return f"{page}: {status}"
    return None


def judge(house, pages, cookie):
    """("refused" | "served" | "failed", detail) of one start."""
    try:
        house.start()
        wrong = ask_all(house, pages, cookie)
        status = house.stop()
    except RuntimeError as e:
        wrong, status = str(e), house.process.poll()
        house.kill()
    except subprocess.TimeoutExpired:
        wrong, status = "a hang", None
        house.kill()
    with open(house.log, errors="replace") as f:
        said = f.read()
    # The file is read beside serving: a refusal may come after some answers.
    if status == 1 and any(word in said for word in PLAIN):
        return "refused", ""
    if wrong is None and status == 0:
        return "served", ""
    return "failed", f"{wrong}; ended with {status}: {said[-300:]}"


def is_prefix(house):
    """Whether the rows are those of some moment: the WAL has checksums."""
    names = {name for name in stored(house) if name.startswith("sound")}
    return names == {f"sound{n}" for n in range(len(names))}


def one(build, sound, pages, cookie, seed):
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="fjouwer-damage-",
                                     dir=PLACE) as directory:
        shutil.copytree(sound, directory, dirs_exist_ok=True)
        way, name = damage(directory, rng)
        house = House(build, directory)
        verdict, detail = judge(house, pages, cookie)
        if verdict == "served" and name == FILES[1] and not is_prefix(house):
            verdict, detail = "failed", "rows are missing in the middle"
        return seed, f"{way} in {name}", verdict, detail


def make_sound(build, directory):
    """A database with a WAL, as a power cut leaves it."""
    house = House(build, directory)
    slug = furnish(house)
    house.start()
    form = apply_form(house, slug)
    cookie = house.sign_in("sjoukje@fjouwer.example")
    for n in range(40):
        house.post(form, application(f"sound{n}"))
    house.kill()
    os.unlink(os.path.join(directory, "control"))       # a socket
    pages = ["/", f"/{slug}/apply", f"/{slug}/today",
             f"/{slug}/applications", f"/{slug}/audit", f"/{slug}/people",
             f"/{slug}/mail", f"/{slug}/settings", "/account", "/readyz"]
    return pages, cookie


def close_well(build, sound, directory):
    """The same database after a server that ended as it should."""
    shutil.copytree(sound, directory, dirs_exist_ok=True)
    house = House(build, directory)
    house.start()
    house.stop()


def stand_in(directory, script):
    path = os.path.join(directory, "stand-in")
    with open(path, "w") as f:
        f.write(f"#!/bin/sh\n{script}\n")
    os.chmod(path, 0o755)
    return path


def check_controls(tally, build, sound, pages, cookie):
    with tempfile.TemporaryDirectory(prefix="fjouwer-damage-") as directory:
        crash = House(build, directory,
                      program=stand_in(directory, "kill -SEGV $$"))
        tally.check("control: a crash is found out",
                    judge(crash, pages, cookie)[0] == "failed")
        mute = House(build, directory, program=stand_in(directory, "exit 1"))
        open(mute.log, "w").close()
        tally.check("control: a refusal without words is found out",
                    judge(mute, pages, cookie)[0] == "failed")
        shutil.copytree(sound, directory, dirs_exist_ok=True)
        house = House(build, directory)
        verdict, detail = judge(house, pages, cookie)
        tally.check("control: the sound one is served", verdict == "served",
                    detail)
        tally.check("control: with all its rows",
                    {f"sound{n}" for n in range(40)} <= set(stored(house)))


def check_address(tally, build, sound):
    """A letter whose address was damaged is given up; the others leave."""
    with tempfile.TemporaryDirectory(prefix="fjouwer-damage-") as directory:
        shutil.copytree(sound, directory, dirs_exist_ok=True)
        with contextlib.closing(sqlite3.connect(
                os.path.join(directory, "fjouwer.db"))) as db:
            db.execute("UPDATE outbox SET state = 0, not_before = 0")
            db.execute("UPDATE outbox SET recipient = 'so und@x,y.example' "
                       "WHERE id = (SELECT MIN(id) FROM outbox)")
            db.commit()
        house = House(build, directory)
        house.start()
        states = until_sent(os.path.join(directory, "fjouwer.db"))
        tally.check("a letter to a damaged address is given up",
                    states[0] == 3, str(states))
        tally.check("the other letters leave",
                    len(states) > 1 and set(states[1:]) == {2}, str(states))
        tally.check("and the program ends well", house.stop() == 0)


def until_sent(path):
    """The states of all letters, once none waits."""
    for _ in range(100):
        with contextlib.closing(sqlite3.connect(path)) as db:
            states = [row[0] for row in db.execute(
                "SELECT state FROM outbox ORDER BY id")]
        if not {0, 1} & set(states):
            break
        time.sleep(0.1)
    return states


def main():
    build, n = sys.argv[1], int(sys.argv[2])
    tally = Tally()
    counts = {"refused": 0, "served": 0, "failed": 0}
    with tempfile.TemporaryDirectory(prefix="fjouwer-sound-") as sound:
        pages, cookie = make_sound(build, sound)
        check_controls(tally, build, sound, pages, cookie)
        closed = os.path.join(sound, "closed")
        left = os.path.join(sound, "left")
        shutil.copytree(sound, left)
        check_address(tally, build, left)
        close_well(build, left, closed)
        with concurrent.futures.ThreadPoolExecutor(3) as pool:
            jobs = [pool.submit(one, build, (left, closed)[seed % 2], pages,
                                cookie, seed)
                    for seed in range(n)]
            for job in concurrent.futures.as_completed(jobs):
                seed, done, verdict, detail = job.result()
                counts[verdict] += 1
                tally.check(f"seed {seed}, {done}", verdict != "failed",
                            detail)
    print(", ".join(f"{n} {what}" for what, n in counts.items()))
    tally.check("both ways were met", counts["refused"] and counts["served"])
    return tally.end()


sys.exit(main())
