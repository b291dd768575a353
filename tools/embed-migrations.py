#!/usr/bin/env python3
"""Write the migrations as an array of struct migration (db/migrate.h), in C.

usage: embed-migrations.py OUT.c FILE...

The number is that in the file's name; two files may not have the same, and
none may be left out.
"""
import os
import re
import sys


def c_chars(data):
    """DATA and a NUL, as numbers: a literal may not be this long in C17."""
    data += b"\0"
    for i in range(0, len(data), 16):
        yield "\t" + "".join(f"{b - 256 * (b > 127)},"
                             for b in data[i:i + 16])


def migration_name(wanted, path):
    match = re.fullmatch(r"(\d{4})_([a-z_]+)\.sql", os.path.basename(path))
    if match is None or int(match[1]) != wanted:
        sys.exit(f"{path}:1: migration {wanted:04d} should stand here")
    return match[2]


def main():
    out, *paths = sys.argv[1:]
    lines = ['/* Made by tools/embed-migrations.py. */',
             '#include "db/migrate.h"']
    table = []
    for number, path in enumerate(sorted(paths, key=os.path.basename), 1):
        name = migration_name(number, path)
        with open(path, "rb") as f:
            lines += [f"static const char sql_{number}[] = {{",
                      *c_chars(f.read()), "};"]
        table.append(f'\t{{ {number}, "{name}", sql_{number} }},')
    lines += ["const struct migration migrations[] = {", *table, "};",
              f"const size_t nmigrations = {len(table)};"]
    with open(out, "w", encoding="utf-8") as f:
        f.write("\n".join(lines) + "\n")


main()
