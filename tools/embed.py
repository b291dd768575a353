#!/usr/bin/env python3
"""Write files as an array of struct embedded (base/embedded.h), in C.

usage: embed.py OUT.h OUT.c ARRAY FILE...

ARRAY[] holds the files in the order given; ARRAY_count their number.  The
header is included as FOLDER/OUT.h, FOLDER being the one that it lies in.
"""
import os
import sys

HEADER = """\
/* Made by tools/embed.py. */
#pragma once
#include "base/embedded.h"
enum {{ {array}_count = {count} }};
extern const struct embedded {array}[{array}_count];
"""


def c_bytes(data):
    """DATA and a NUL after it, sixteen bytes a line."""
    data += b"\0"
    for i in range(0, len(data), 16):
        yield "\t" + "".join(f"{b}," for b in data[i:i + 16])


def source(include, array, names, contents):
    yield f'/* Made by tools/embed.py. */\n#include "{include}"'
    for i, data in enumerate(contents):
        yield f"static const unsigned char data_{i}[] = {{"
        yield from c_bytes(data)
        yield "};"
    yield f"const struct embedded {array}[{array}_count] = {{"
    for i, name in enumerate(names):
        yield f'\t{{ "{name}", data_{i}, sizeof data_{i} - 1 }},'
    yield "};"


def main():
    out_h, out_c, array, *paths = sys.argv[1:]
    contents = []
    for path in paths:
        with open(path, "rb") as f:
            contents.append(f.read())
    folder = os.path.basename(os.path.dirname(os.path.abspath(out_h)))
    include = f"{folder}/{os.path.basename(out_h)}"
    names = [os.path.basename(path) for path in paths]
    with open(out_h, "w") as f:
        f.write(HEADER.format(array=array, count=len(paths)))
    with open(out_c, "w") as f:
        for line in source(include, array, names, contents):
            f.write(line + "\n")


main()
