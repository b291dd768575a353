#!/usr/bin/env python3
"""What po/update complains about."""
import os
import sys
import types

HERE = os.path.dirname(os.path.abspath(__file__))
UPDATE = os.path.join(HERE, "update")

update = types.ModuleType("update")
update.__file__ = UPDATE
with open(UPDATE, encoding="utf-8") as program:
    exec(compile(program.read(), UPDATE, "exec"), update.__dict__)

POT = """
#: src/desk/desk.c
msgid ""
"Good "
"morning"
msgstr ""

#: src/desk/desk.c
msgid "one thing"
msgid_plural "{n} things"
msgstr[0] ""
msgstr[1] ""
"""
GOOD = """
# A greeting.
msgid "Good morning"
msgstr "Goedemorgen"

msgid "one thing"
msgid_plural "{n} things"
msgstr[0] "één ding"
msgstr[1] "{n} dingen"
"""

# (why, catalogue, complaints)
CASES = [
    ("all is translated", GOOD, []),
    ("a doubtful one counts", "#, fuzzy" + GOOD, []),
    ("one is not there", GOOD[GOOD.index("msgid \"one"):],
     ["desk: nl lacks: Good morning"]),
    ("one is empty", GOOD.replace("Goedemorgen", ""),
     ["desk: nl lacks: Good morning"]),
    ("half a plural", GOOD.replace("{n} dingen", ""),
     ["desk: nl lacks: one thing"]),
    ("another plural", GOOD.replace("{n} things", "{n} thing"),
     ["nl.po: not the plural of the source: one thing"]),
    ("a misspelt name", GOOD.replace("{n} dingen", "{m} dingen"),
     ["nl.po: names a value unknown to: one thing"]),
    ("an old sentence", GOOD + '\nmsgid "Bye"\nmsgstr "Dag"\n',
     ["nl.po: said nowhere: Bye"]),
]


def by_id(po, where):
    found = {}
    for entry in update.entries(po):
        entry["where"] = entry["where"] or where
        found[entry["msgid"]] = entry
    return found


def repeats_are_found():
    found = [{"msgid": msgid, "where": where} for msgid, where in
             [("Yes", "a.po"), ("No", "a.po"), ("Yes", "b.po")]]
    return list(update.repeats(found)) == ["b.po: a.po has it: Yes"]


def main():
    failed = 0
    if not repeats_are_found():
        failed += 1
        print("a sentence in two fragments: not found")
    for why, catalogue, wanted in CASES:
        got = list(update.complaints("nl", by_id(POT, ""),
                                     by_id(catalogue, "nl.po")))
        if got != wanted:
            failed += 1
            print(f"{why}: got {got}, wanted {wanted}")
    print(f"{len(CASES) + 1 - failed} passed, {failed} failed")
    return 1 if failed else 0


sys.exit(main())
