#!/usr/bin/env python3
"""What tests/collect counts in the output of each kind of test program."""
import os
import subprocess
import sys
import tempfile

COLLECT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "collect")

# (why, output, exit status, what is counted)
CASES = [
    ("our own closing line", "3 passed, 0 failed\n", 0, "3 0"),
    ("with a word before it", "raw: 3 passed, 1 failed\n", 1, "3 1"),
    ("several programs add up",
     "3 passed, 0 failed\n2 passed, 1 failed\n", 1, "5 1"),
    ("cmocka, all well", "[  PASSED  ] 12 test(s).\n", 0, "12 0"),
    ("cmocka, two failed", "[  PASSED  ] 11 test(s).\n"
     "[  FAILED  ] tests: 2 test(s), listed below:\n", 1, "11 2"),
    ("node's runner", "# tests 4\n# pass 4\n# fail 0\n# skipped 0\n", 0,
     "4 0"),
    ("a story that was skipped is not told", "# pass 3\n# skipped 1\n", 0,
     "3 1"),
    ("Python's runner", "Ran 5 tests in 1.2s\n\nOK\n", 0, "5 0"),
    ("Python's runner, two wrong",
     "Ran 5 tests in 1.2s\n\nFAILED (failures=1, errors=1)\n", 1, "3 2"),
    ("Python's runner, a test that was skipped",
     "Ran 5 tests in 1.2s\n\nOK (skipped=1)\n", 0, "4 1"),
    ("it broke off before counting", "Segmentation fault\n", 139, "0 1"),
    ("it broke off after counting", "3 passed, 0 failed\n", 134, "3 1"),
    ("it counts nothing and ended well", "fine\n", 0, "1 0"),
]

failed = 0
for why, output, status, wanted in CASES:
    with tempfile.NamedTemporaryFile("w", suffix=".log") as log:
        log.write(output)
        log.flush()
        done = subprocess.run(
            [sys.executable, COLLECT, "--exit", str(status), log.name],
            capture_output=True, text=True, check=False)
    if done.stdout.strip() != wanted:
        failed += 1
        print(f"{why}: wanted {wanted!r}, got {done.stdout!r}")
print(f"{len(CASES) - failed} passed, {failed} failed")
sys.exit(failed != 0)
