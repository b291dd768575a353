#!/usr/bin/env python3
"""Kill the migration at one system call after another.

    migrate.py BUILD sqlite|postgres MOST

At most MOST places are tried, spread over all calls that write to the file
(or speak to the server).  Afterwards the database must have the tables of the
level that it says it has, no more and no fewer, and the next migration must
come to the end.  FJOUWER_TEST_POSTGRES names an empty database.  The control:
a database with half a migration in it must be found out.
"""
import glob
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

from trial import House, Tally

CALLS = {"sqlite": "pwrite64,write,fsync,fdatasync,ftruncate,unlink",
         "postgres": "sendto,write"}
MIGRATIONS = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                          "..", "..", "migrations", "*.sql")
LITE_TABLES = """SELECT name FROM sqlite_schema
 WHERE type = 'table' AND name <> 'migration' ORDER BY name;"""
PG_TABLES = """SELECT tablename FROM pg_tables
 WHERE schemaname = 'public' AND tablename <> 'migration';"""


def tables_by_level():
    """The names of the tables after each migration, from the files."""
    db = sqlite3.connect(":memory:")
    levels = [set()]
    for path in sorted(glob.glob(MIGRATIONS)):
        with open(path) as f:
            db.executescript(f.read())
        levels.append({row[0] for row in db.execute(LITE_TABLES)})
    return levels


def state(house):
    """The level that the database says it has, and its tables."""
    rows = house.query(PG_TABLES if house.postgres else LITE_TABLES)
    tables = {row[0] for row in rows}
    try:
        level = house.query("SELECT COUNT(*) FROM migration;")
    except subprocess.CalledProcessError:
        return 0, tables
    return int(level[0][0]), tables


def strace(house, words):
    return subprocess.run(["strace", "-f", "-qq", *words, house.program,
                           "migrate"], env=house.env, text=True,
                          capture_output=True, check=False)


def empty(house):
    if house.postgres:
        house.query("SET client_min_messages = warning;"
                    "DROP SCHEMA public CASCADE; CREATE SCHEMA public;")
        return
    for name in os.listdir(house.directory):
        path = os.path.join(house.directory, name)
        if os.path.isdir(path):
            shutil.rmtree(path)
        else:
            os.unlink(path)


def count_calls(house, calls):
    empty(house)
    out = os.path.join(house.directory, "calls")
    strace(house, ["-e", f"trace={calls}", "-o", out])
    with open(out) as f:
        return len(re.findall(r"^\d+ +(?:\w+)\(", f.read(), re.M))


def kill_at(tally, house, calls, n, levels):
    """Kill at the N-th call; the level that was reached."""
    empty(house)
    strace(house, ["-e", f"trace={calls}", "-o", "/dev/null",
                   "-e", f"inject={calls}:signal=KILL:when={n}"])
    level, tables = state(house)
    tally.check(f"killed at call {n}: whole at level {level}",
                tables == levels[level], tables ^ levels[level])
    done = subprocess.run([house.program, "migrate"], env=house.env,
                          capture_output=True, text=True, check=False)
    tally.check(f"killed at call {n}: the next one ends", done.returncode
                == 0 and state(house) == (len(levels) - 1, levels[-1]),
                done.stderr)
    return level


def check_control(tally, house, levels):
    empty(house)
    house.command("migrate")
    house.query("DROP TABLE outbox;")
    level, tables = state(house)
    tally.check("control: half a migration is found out",
                tables != levels[level])


def main():
    build, kind, most = sys.argv[1], sys.argv[2], int(sys.argv[3])
    postgres = os.environ["FJOUWER_TEST_POSTGRES"] if kind == "postgres" \
        else None
    tally = Tally()
    levels = tables_by_level()
    with tempfile.TemporaryDirectory(prefix="fjouwer-migrate-") as directory:
        house = House(build, directory, postgres)
        check_control(tally, house, levels)
        calls = count_calls(house, CALLS[kind])
        places = range(1, calls + 1, max(1, calls // most))
        reached = {kill_at(tally, house, CALLS[kind], n, levels)
                   for n in places}
        tally.check("more than one level was met", len(reached) > 1)
        print(f"{kind}: killed at {len(places)} of {calls} calls, levels "
              f"{sorted(reached)} met")
    return tally.end()


sys.exit(main())
