#!/usr/bin/env python3
"""Golden tests of sqlgen.

usage: sqlgen_test.py SQLGEN TESTDATA [--accept]

good.sql must become good_sql.h and good_sql.c; each piece of wrong.txt must
be refused with the line and the words that stand above it.
"""
import os
import subprocess
import sys
import tempfile


def run(sqlgen, data, source, out):
    return subprocess.run(
        [sqlgen, "--migrations", os.path.join(data, "migrations"), source,
         os.path.join(out, "good_sql.h"), os.path.join(out, "good_sql.c")],
        capture_output=True, text=True, check=False)


def check_good(sqlgen, data, out, accept):
    os.makedirs(os.path.join(out, "db"))
    out = os.path.join(out, "db")
    done = run(sqlgen, data, os.path.join(data, "good.sql"), out)
    if done.returncode != 0:
        return [f"good.sql is refused: {done.stderr}"]
    failures = []
    for name in ("good_sql.h", "good_sql.c"):
        golden = os.path.join(data, name + ".golden")
        with open(os.path.join(out, name), encoding="utf-8") as f:
            got = f.read()
        if accept:
            with open(golden, "w", encoding="utf-8") as f:
                f.write(got)
        with open(golden, encoding="utf-8") as f:
            if got != f.read():
                failures.append(f"{name} is not as in {golden}")
    return failures


def wrong_cases(data):
    with open(os.path.join(data, "wrong.txt"), encoding="utf-8") as f:
        for piece in f.read().split("=== ")[1:]:
            why, expected, sql = piece.split("\n", 2)
            yield why, expected.removeprefix("--- "), sql


def check_wrong(sqlgen, data, out):
    source = os.path.join(out, "wrong.sql")
    for why, expected, sql in wrong_cases(data):
        with open(source, "w", encoding="utf-8") as f:
            f.write(sql)
        done = run(sqlgen, data, source, out)
        said = done.stderr.removeprefix(source + ":").rstrip("\n")
        if done.returncode != 1 or said != expected:
            yield f"{why}:\n  wanted {expected}\n  got    {said}"


def main():
    sqlgen, data = sys.argv[1:3]
    with tempfile.TemporaryDirectory() as out:
        failures = check_good(sqlgen, data, out, "--accept" in sys.argv)
        failures += check_wrong(sqlgen, data, out)
    for failure in failures:
        print(failure)
    print(f"{len(list(wrong_cases(data)))} refusals, "
          f"{len(failures)} failures")
    sys.exit(bool(failures))


main()
