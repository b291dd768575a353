"""The program's own statements, read from its x.sql files by name."""
import glob
import os
import re

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../..")


def statements():
    found = {}
    for path in glob.glob(os.path.join(ROOT, "src/*/*.sql")):
        with open(path, encoding="utf-8") as f:
            for part in f.read().split("-- name: ")[1:]:
                name = part.split()[0]
                lines = part.split("\n")[1:]
                sql = "\n".join(x for x in lines if not x.startswith("--"))
                found[name] = re.sub(r";\s*$", "", sql.strip())
    return found
