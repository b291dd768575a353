#!/usr/bin/env python3
"""Small trees with one offence each, and what layercheck must say of them."""
import os
import subprocess
import sys
import tempfile

CHECK = os.path.join(os.path.dirname(os.path.abspath(__file__)), "layercheck")
LAYERS = "base\ndb\nweb\ncases teams\napp\ndoor base/*.h db/writer.h\n" \
    "wide called_by_others\n"
HOUSE = "/" + "home" + "/somebody/x"


def function(lines, head="f(void)"):
    body = "\tg();\n" * (lines - 3)
    return f"int\n{head}\n{{\n{body}}}\n"


# (why, file, content, part of what is said; "" for a file that is right)
CASES = [
    ("a lower rank by its front door", "src/cases/a.c",
     '#include "db/db.h"\n', ""),
    ("a door named in LAYERS", "src/cases/a.c",
     '#include "db/writer.h"\n', ""),
    ("a door named by a pattern", "src/cases/a.c",
     '#include "base/date.h"\n', ""),
    ("its own folder, any header", "src/cases/a.c",
     '#include "cases/inner.h"\n', ""),
    ("a higher rank", "src/db/a.c",
     '#include "web/web.h"\n', "a.c:1: \"web/web.h\" is not of a lower rank"),
    ("a sibling of the same rank", "src/cases/a.c",
     '#include "teams/teams.h"\n', "is not of a lower rank than cases"),
    ("another folder's inner header", "src/app/a.c",
     '#include "cases/inner.h"\n', "is not a front door of cases"),
    ("a header without its folder", "src/cases/a.c",
     '#include "inner.h"\n', "is not written folder/name.h"),
    ("a folder that has no rank", "src/cases/a.c",
     '#include "misc/misc.h"\n', "without a rank"),
    ("an include in a comment counts not", "src/db/a.c",
     '/* #include "web/web.h" */\n', ""),
    ("a rule that reads the database", "src/cases/case_rules.c",
     '#include "db/db.h"\n', "a rule includes neither db nor web"),
    ("the longest function", "src/cases/a.c", function(70), ""),
    ("a function one line too long", "src/cases/a.c", function(71),
     "a.c:2: f has 71 lines; 70 at most"),
    ("a test that is too long", "src/cases/a_test.c",
     function(71, "TEST(it_works)").removeprefix("int\n"),
     "a_test.c:1: it_works has 71 lines"),
    ("five parameters", "src/cases/a.c",
     function(5, "f(int a, int b, int c, int d, int (*e)(int, int))"), ""),
    ("six parameters", "src/cases/a.c",
     function(5, "f(int a, int b, int c,\n    int d, int e, int f)"),
     "f has 6 parameters"),
    ("six that another library dictates", "src/cases/a.c",
     function(5, "called_by_others(int a, int b, int c,\n    int d, int e, "
                 "int f)"), ""),
    ("the type beside the name", "src/cases/a.c",
     "int f(void)\n{\n}\n", "the type of f is not on a line of its own"),
    ("a file of 500 lines", "src/cases/a.c", "\n" * 500, ""),
    ("a file of 501 lines", "src/cases/a.c", "\n" * 501, "501 lines; 500"),
    ("a header of 151 lines", "src/cases/a.h", "\n" * 151, "151 lines; 150"),
    ("goto in a feature", "src/cases/a.c",
     "int\nf(void)\n{\n\tgoto out;\n}\n", "goto outside"),
    ("goto in db", "src/db/a.c", "int\nf(void)\n{\n\tgoto out;\n}\n", ""),
    ("goto in a string", "src/cases/a.c", 'const char *const s = "goto";\n',
     ""),
    ("unfinished work", "src/cases/a.c", "/* TO" + "DO: later */\n",
     "unfinished"),
    ("a static that changes", "src/cases/a.c", "static int n;\n",
     "a static that changes"),
    ("a static in a function", "src/cases/a.c",
     "int\nf(void)\n{\n\tstatic int n = 1;\n}\n", "a.c:4: a static"),
    ("a table of pointers that may be set", "src/cases/a.c",
     "static const char *t[] = {\n};\n", "a static that changes"),
    ("a constant table of pointers", "src/cases/a.c",
     "static const char *const t[] = {\n};\n", ""),
    ("a constant table of structs without a name", "src/cases/a.c",
     "static const struct { const char *a; int b; } t[] = {\n};\n", ""),
    ("a constant table of structs", "src/cases/a.c",
     "static const struct route routes[] = {\n};\n", ""),
    ("a static function", "src/cases/a.c",
     "static struct x *\nf(int *n)\n{\n}\n", ""),
    ("a static prototype", "src/cases/a.c", "static int f(int *n);\n", ""),
    ("a static in a test", "src/cases/a_test.c", "static int n;\n", ""),
    ("a static in app", "src/app/a.c", "static int n;\n", ""),
    ("a variable per thread", "src/cases/a.c", "static _Thread_local int n;\n",
     "thread-local"),
    ("81 columns", "src/cases/a.c", "\t" + "x" * 73 + "\n", "wider than 80"),
    ("80 columns, of letters that take two bytes", "src/cases/a.c",
     "/* " + "é" * 74 + " */\n", ""),
    ("spaces for tabs", "src/cases/a.c", "        x();\n", "with spaces"),
    ("white space at the end", "src/cases/a.c", "int n; \n", "at the end"),
    ("a column that says what it holds", "migrations/0001_a.sql",
     "CREATE TABLE a (\n\tid INTEGER, -- drawn\n\tPRIMARY KEY (id)\n);\n", ""),
    ("a column that says nothing", "migrations/0001_a.sql",
     "CREATE TABLE a (\n\tid INTEGER,\n\tPRIMARY KEY (id)\n);\n",
     "0001_a.sql:2: column id has no comment"),
    ("somebody's own folder", "doc/a.md", f"See {HOUSE}.\n",
     "a.md:1: names a folder of somebody's machine"),
]


def run(path, content):
    """Layercheck's status and output for a tree with one more file."""
    with tempfile.TemporaryDirectory() as root:
        for name, text in (("src/LAYERS", LAYERS), (path, content)):
            full = os.path.join(root, name)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "w", encoding="utf-8") as f:
                f.write(text)
        done = subprocess.run([sys.executable, CHECK, root],
                              capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr


def holds(path, content, said):
    status, output = run(path, content)
    if said:
        return status == 1 and said in output
    return status == 0 and "Traceback" not in output


failed = 0
for why, path, content, said in CASES:
    if not holds(path, content, said):
        failed += 1
        print(f"{why}: wanted {said!r}, got {run(path, content)}")
print(f"{len(CASES) - failed} passed, {failed} failed")
sys.exit(failed != 0)
