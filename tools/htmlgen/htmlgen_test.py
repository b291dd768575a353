"""htmlgen against golden files, and against templates it must refuse.

usage: htmlgen_test.py HTMLGEN [--update]
"""

import pathlib
import subprocess
import sys
import tempfile
import unittest

HTMLGEN = str(pathlib.Path(sys.argv[1]).resolve())
TESTDATA = pathlib.Path(__file__).parent / "testdata"


def generate(template, text=None):
    """Run htmlgen; give (exit status, messages, header, code)."""
    with tempfile.TemporaryDirectory() as directory:
        folder = pathlib.Path(directory)
        (folder / template).write_text(
            (TESTDATA / template).read_text() if text is None else text)
        stem = template.removesuffix(".html")
        outputs = [folder / f"{stem}_html.{suffix}" for suffix in "hc"]
        done = subprocess.run(
            [HTMLGEN, template, *map(str, outputs)],
            cwd=folder, capture_output=True, text=True, check=False)
        made = [o.read_text() if o.exists() else None for o in outputs]
        return done.returncode, done.stderr, *made


def body(text):
    return f"% part it(const char *x)\n{text}\n% end\n"


# (why, template body, line, part of the message)
REFUSED = [
    ("a style attribute", '<p style="color:{{ x }}">', 2, "style attribute"),
    ("a style without a hole", '<p style="top:0">', 2, "style attribute"),
    ("a script attribute", '<p onclick="go({{ x }})">', 2, "on… attribute"),
    ("whatever its case", '<p\nONLOAD="{{ x }}">', 3, "on… attribute"),
    ("htmx's script", '<p hx-on:click="{{ x }}">', 2, "evaluated"),
    ("its data- form", '<p data-hx-on-load="{{ x }}">', 2, "evaluated"),
    ("values by script", '<p hx-vals="js:{{ x }}">', 2, "evaluated"),
    ("a page in a value", '<iframe srcdoc="{{ x }}">', 2, "srcdoc"),
    ("no quotes", "<a href={{ x }}>", 2, "without quotes"),
    ("no quotes, later", "<a title=a{{ x }}>", 2, "without quotes"),
    ("a tag's name", "<{{ x }}>", 2, "name of a tag"),
    ("the rest of it", "<h{{ x }}>", 2, "name of a tag"),
    ("an attribute", "<p {{ x }}>", 2, "between attributes"),
    ("an attribute's name", '<p data-{{ x }}="1">', 2, "name of an attr"),
    ("a comment", "<!-- {{ x }} -->", 2, "in a comment"),
    ("a declaration", "<!doctype {{ x }}>", 2, "declaration"),
    ("a script", "<script>\nlet a = {{ x }};</script>", 3, "script or style"),
    ("only a hole in it", "<script>{{ x }}</script>", 2, "script or style"),
    ("a script that only stands", "<script>go()</script>", 2, "script or st"),
    ("a tag in a script", '<script><a title="{{ x }}">', 2, "script or st"),
    ("a style sheet", "<style>p{top:{{ x }}}</style>", 2, "script or style"),
    ("a script address", '<a href="javascript:{{ x }}">', 2, "is a script"),
    ("an open address", '<a href="{{ x }}{{ x }}">', 2, "open start"),
    ("a scheme of ours, open", '<a href="web{{ x }}">', 2, "open start"),
    ("a redirect", '<meta content="0;url={{ x }}">', 2, "redirects"),
    ("another base", '<base href="{{ x }}">', 2, "redirects"),
    ("words as an address", '<a href="{{_ "x" }}">', 2, "as an address"),
    ("a tag that never ends", "<p", 3, "it ends"),
    ("a value that never ends", '<p class="a', 3, "it ends"),
    ("a comment that never ends", "<!-- a", 3, "it ends"),
    ("a hole that never ends", "<p>\n{{ x </p>", 3, "without }}"),
    ("a hole with nothing", "{{ }}", 2, "empty"),
    ("a < that is none", "1 < 2", 2, "&lt;"),
    ("if without a block", "% if (x)\n<p>", 2, "if without {"),
    ("else without a block", "% if (x) {\n% } else\n", 3, "else without {"),
    ("a block never closed", "% if (x) {\n<p>", 4, "without its }"),
    ("a block closed twice", "% }", 2, "without its {"),
    ("C in a value", '<p class="\n% if (x) {\n">', 3, "C in the value"),
    ("a block into a tag", "% if (x) {\n<p\n% }", 4, "begins in text"),
    ("a value not asked for", '{{_ "a {b}", c = x }}', 2, "no {c}"),
    ("a value not named", '{{_ "a {b}", x }}', 2, "name = value"),
    ("plural without a number", '{{_ "a", "b" }}', 2, "need a number"),
    ("a part inside a part", "% part other()\n", 2, "has no % end"),
    ("a header line inside", "%% int x;", 2, "header line"),
]

# What stands beside the refused, and must pass.
ACCEPTED = [
    ("text", "<p>{{ x }}</p>"),
    ("a value", '<p title="{{ x }}" class=\'{{ x }}\'>'),
    ("an address", '<a href="{{ x }}">'),
    ("an address with a settled start", '<a href="/a/{{ x }}?b={{ x }}">'),
    ("a number to call", '<a href="tel:{{ x }}">'),
    ("an address with an end", '<a href="{{ x }}#top">'),
    ("an empty script", '<script src="{{ x }}"></script>'),
    ("a comment without a hole", "<!-- a -- b --> {{ x }}"),
    ("a tag that closes itself", '<br/><path d="{{ x }}"/>'),
    ("JSON as data", '<form data-options="{{ x }}">'),
    ("an attribute that begins like on", '<p open title="{{ x }}">'),
    ("a block inside a tag", "<p\n% if (x) {\n hidden\n% }\n>"),
    ("a condition on two lines", "% if (x &&\n%     *x) {\n<p>\n% }"),
    ("braces in strings", '{{ strchr(x, \'}\') }}{{ "}}" }}'),
    ("a number that is only chosen by", '{{_ "a", "b", n = *x }}'),
    ("words in a value", '<p title="{{_ "a {b}", b = f(x, 1) }}">'),
]


class Htmlgen(unittest.TestCase):
    maxDiff = None

    def test_a_template_becomes_its_golden_files(self):
        status, messages, *made = generate("visit.html")
        self.assertEqual((status, messages), (0, ""))
        for suffix, text in zip("hc", made):
            golden = TESTDATA / f"visit_html.{suffix}"
            if "--update" in sys.argv:
                golden.write_text(text)
            self.assertEqual(text, golden.read_text())

    def test_what_is_unsafe_or_broken_is_refused_with_file_and_line(self):
        for why, text, line, message in REFUSED:
            with self.subTest(why):
                status, said, header, _ = generate("t.html", body(text))
                self.assertEqual(status, 1)
                self.assertTrue(said.startswith(f"t.html:{line}: "), said)
                self.assertIn(message, said)
                self.assertIsNone(header, "nothing is left behind")

    def test_what_is_safe_passes(self):
        for why, text in ACCEPTED:
            with self.subTest(why):
                status, said, *_ = generate("t.html", body(text))
                self.assertEqual((status, said), (0, ""))

    def test_a_template_without_its_end_is_refused_where_it_began(self):
        status, said, *_ = generate("t.html", "\n% part it()\n<p>\n")
        self.assertEqual(status, 1)
        self.assertEqual(said, "t.html:2: no % end\n")

    def test_text_outside_of_a_body_is_refused(self):
        status, said, *_ = generate("t.html", "\n<p>\n")
        self.assertEqual(status, 1)
        self.assertTrue(said.startswith("t.html:2: text outside"), said)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])
