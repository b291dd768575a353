#!/usr/bin/env python3
"""What no sound browser sends, and what should never come back out.

    bad_input.py BUILD [postgres]
"""
import glob
import html
import html.parser
import json
import re
import socket
import time
import unittest
import urllib.parse

from attacker import (Attack, Browser, FORM_AGE, MANAGER, OFFICE, POSTGRES,
                      main, question, words)
from house import ROOT

NAUGHTY = f"{ROOT}/node_modules/big-list-of-naughty-strings/blns.json"
HEADERS = {"From", "To", "Reply-To", "Subject", "Date", "Message-ID",
           "MIME-Version", "Content-Type", "Content-Language",
           "Content-Transfer-Encoding", "Auto-Submitted"}
# Each stands in one field of a question, and nowhere else in the world.
CANARIES = {"question": "Kanaryflinter", "name": "Aldfaarsgeheim Oerdaad",
            "not_in_team": "Winterkeninkje", "venture": "Stienkrobbe BV"}
SECRET = "hwatnimmenwitkin"


class Living(html.parser.HTMLParser):
    """What on a page runs, and does not come from a file of ours."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        src = dict(attrs).get("src") or dict(attrs).get("href") or ""
        if tag in ("style", "iframe", "object", "embed", "base", "img") or \
                (tag == "script" and not src.startswith("/static/")) or \
                src.lower().startswith(("javascript:", "data:")) or \
                any(name.startswith("on") for name, _ in attrs):
            self.found.append((tag, attrs))


class BadInput(Attack):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.office = Browser(cls.house).open_link(OFFICE)
        cls.number = 0

    def fresh(self):
        """A browser of a network that has sent nothing yet."""
        type(self).number += 1
        return Browser(self.house, f"10.9.{self.number // 250}."
                       f"{self.number % 250}")

    def raw(self, path, body):
        b = self.fresh()
        sent = urllib.parse.urlencode(question(b))
        time.sleep(FORM_AGE)
        return b.ask("POST", path, f"{sent}&{body}".encode("latin-1"))

    def test_what_no_form_sends_is_refused_plainly(self):
        before = self.count("application")
        cases = [
            ("&".join(f"x{i}=1" for i in range(10_000)), 400, "10,000 fields"),
            ("name=again", 400, "a field twice"),
            ("_once=again", 400, "a token twice"),
            ("x=%00", 400, "NUL"),
            ("x=%C3%28", 400, "no UTF-8"),
            ("x=%ED%A0%80", 400, "half a surrogate pair"),
            ("x=%C0%AF", 400, "a slash, overlong"),
            ("x=%F4%90%80%80", 400, "beyond Unicode"),
            ("x=%", 400, "half an escape"),
            ("x=" + "y" * (1 << 20), 413, "over a megabyte"),
            ("x=" + "y" * (15 << 20), 413, "as much as is still read"),
        ]
        for body, status, why in cases:
            answer = self.raw("/fryslan/apply", body)
            self.assertEqual(answer.status, status, why)
            self.assertIn("</html>", answer.text, why)
        self.assertEqual(self.count("application"), before)
        self.assertEqual(self.raw("/fryslan/apply", "unknown=1").status, 303)

    def test_a_field_that_is_too_long_is_given_back_whole(self):
        long = "<&\"é" * 60_000
        for field, why in (("question", "lines"), ("name", "a line"),
                           ("email", "an address"), ("phone", "a number"),
                           ("lang", "a choice")):
            b = self.fresh()
            answer = b.post("/fryslan/apply", question(b, **{field: long}))
            self.assertEqual(answer.status, 422, why)
            if field != "lang":
                self.assertIn(long, html.unescape(answer.text), why)
            self.assertIn("Nynke Hiemstra" if field != "name" else
                          "Drachten", answer.text, why)

    def test_naughty_strings_are_shown_as_they_were_typed(self):
        with open(NAUGHTY, encoding="utf-8") as f:
            strings = [s for s in json.load(f) if s.strip()] + [
                "\u202egnirts live\u202c", "a\u200bb\ufeffc", "\u0644\u0627"]
        b = self.fresh()
        sent = question(b)
        time.sleep(FORM_AGE)
        for i, s in enumerate(strings):
            b.network = f"10.8.{i // 250}.{i % 250}"
            sent.update(question=f"[{s}]", venture=s[:160], name=s[:100],
                        place=s[:100], not_in_team=s, _once=f"n{i}")
            answer = b.post("/fryslan/apply", sent)
            self.assertEqual(answer.status, 303, s) if self.is_text(s) else \
                self.assertIn(answer.status, (303, 422), s)
        shown = self.all_questions()
        missing = [s for s in strings if self.is_text(s) and
                   f"[{s}]" not in shown]
        self.assertEqual(missing, [])

    @staticmethod
    def is_text(s):
        """Whether a name is left when controls and white space are not."""
        return bool(re.sub(r"[\s\x00-\x1f\x7f-\x9f]", "", s[:100])) and \
            "\r" not in s

    def all_questions(self):
        """What stands on the pages, as a reader sees it."""
        seen = []
        for row in self.query("SELECT id FROM application;"):
            page = self.office.get(f"/fryslan/applications/{row[0]}")
            self.assertEqual(page.status, 200)
            living = Living()
            living.feed(page.text)
            self.assertEqual(living.found, [])
            seen.append(html.unescape(page.text))
        return "\n".join(seen)

    def test_no_address_or_name_writes_a_header(self):
        for address in ("a@b.nl\r\nBcc: x@evil.example", "a@b.nl, c@d.nl",
                        "a@b.nl\nx", "<a@b.nl>", "a b@c.nl", "a@b.nl>",
                        "@b.nl", "a@b@c.nl", "a@\"b\".nl"):
            b = self.fresh()
            answer = b.post("/fryslan/apply", question(b, email=address))
            self.assertEqual(answer.status, 422, address)
        name = "Boer\r\nBcc: x@evil.example\r\n\r\n<b>Vet</b>"
        answer = self.manager.send("/fryslan/people/invite", {
            "name": name, "email": "boer@evil.example", "role": "mentor"})
        self.assertEqual(answer.status, 303)
        self.mail_to("boer@evil.example", r"(invitation)")
        for m in self.mails():
            self.assertLessEqual(set(m.keys()), HEADERS)
            self.assertNotIn("evil", str(m["Subject"]) + str(m["From"]))
            self.assertEqual(str(m["To"]).count("@"), 1)

    def test_one_address_gets_one_mail_from_strangers(self):
        b = self.fresh()
        sent = question(b, email="slachtoffer@elders.example")
        time.sleep(FORM_AGE)
        for i in range(5):
            b.network = f"10.7.7.{i}"
            sent["_once"] = f"m{i}"
            self.assertEqual(b.post("/fryslan/apply", sent).status, 303)
        self.assertEqual(self.one("SELECT count(*) FROM outbox WHERE "
                                  "recipient = 'slachtoffer@elders.example';"),
                         "1")
        self.assertEqual(self.one("SELECT count(*) FROM application WHERE "
                                  "email = 'slachtoffer@elders.example';"),
                         "5")

    def test_one_network_sends_twenty_and_a_machine_gets_no_mail(self):
        b = self.fresh()
        sent = question(b, email="bot@elders.example", website="http://x")
        self.assertEqual(b.post("/fryslan/apply", sent).status, 422)
        time.sleep(FORM_AGE)
        seen = [b.post("/fryslan/apply", {**sent, "_once": f"b{i}"}).status
                for i in range(21)]
        self.assertEqual((set(seen[:20]), seen[20]), ({303}, 429))
        self.assertEqual(self.one("SELECT count(*) FROM outbox WHERE "
                                  "recipient = 'bot@elders.example';"), "0")

    def test_static_files_end_at_their_folder(self):
        for path in ("/static/../key", "/static/..%2fkey",
                     "/static/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
                     "/static//etc/passwd", "/static/..%5ckey",
                     "/static/app.css%00.txt", "//evil.example",
                     "//evil.example?lang=fy", "/\\evil.example?lang=fy",
                     "/\t/evil.example?lang=fy"):
            answer = self.tell(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n"
                               "Connection: close\r\n\r\n")
            self.assertRegex(answer, r"^HTTP/1.1 (400|404|505) ", path)
            self.assertNotIn("root:", answer)
        page = self.manager.get("/fryslan").text
        css = re.search(r'href="(/static/[^"]+\.css[^"]*)"', page).group(1)
        self.assertEqual(self.manager.get(css).status, 200)

    def tell(self, text):
        with socket.create_connection(("127.0.0.1", self.house.port), 20) as s:
            s.sendall(text.encode("latin-1"))
            answer = b""
            while True:
                part = s.recv(65536)
                if not part:
                    return answer.decode("utf-8", "replace")
                answer += part

    def test_slow_clients_keep_nobody_waiting(self):
        held = []
        for i in range(500):
            s = socket.create_connection(("127.0.0.1", self.house.port), 20)
            s.sendall(b"GET /fryslan HTTP/1.1\r\nHost: x\r\nX-A: " if i % 2
                      else b"POST /sign-in HTTP/1.1\r\nHost: x\r\n"
                      b"Content-Length: 1000\r\n\r\nx")
            held.append(s)
        begin = time.monotonic()
        self.assertEqual(self.manager.get("/fryslan/today").status, 200)
        self.assertLess(time.monotonic() - begin, 1)
        for s in held:
            s.close()


class Secrets(Attack):
    def test_what_is_confidential_is_told_nowhere_else(self):
        self.house.stop()
        self.house.env["FJOUWER_METRICS_TOKEN_FILE"] = token = \
            f"{self.house.directory}/token"
        with open(token, "w", encoding="ascii") as f:
            f.write(SECRET)
        self.house.start()
        b = Browser(self.house, "10.6.6.6")
        sent = question(b, **CANARIES)
        time.sleep(FORM_AGE)
        self.assertEqual(b.post("/fryslan/apply", sent).status, 303)
        link = self.mail_to("nynke@zilver.example", r"/my-question/(\S{43})")
        self.manager.get("/fryslan/applications?search=" +
                         CANARIES["question"])
        b.post("/fryslan/apply?" + CANARIES["question"], {**sent, "_token":
               CANARIES["name"]})
        cookie = self.manager.jar["__Host-login"]
        told = self.told()
        for word in [*CANARIES.values(), SECRET, cookie, link, MANAGER]:
            for where, text in told.items():
                self.assertNotIn(word, text, where)
        mails = "".join(words(m) for m in self.mails())
        for word in CANARIES.values():
            self.assertNotIn(word, mails)
        self.assertIn("request", told["log"])
        answer = self.manager.ask("GET", "/metrics", Authorization="Bearer x")
        self.assertEqual(answer.status, 404)
        answer = self.manager.ask("GET", "/metrics",
                                  Authorization=f"Bearer {SECRET}")
        self.assertEqual(answer.status, 200)

    def told(self):
        """What others on the machine could come to see."""
        process = f"/proc/{self.house.process.pid}"
        told = {}
        for name, path in (("log", self.house.log),
                           ("command line", f"{process}/cmdline"),
                           ("environment", f"{process}/environ")):
            with open(path, "rb") as f:
                told[name] = f.read().decode("utf-8", "replace")
        return told

    @unittest.skipIf(POSTGRES, "reads the file of the database")
    def test_a_thief_of_the_database_finds_no_key_to_it(self):
        b = Browser(self.house).open_link("jan@mentor.example")
        files = b""
        for name in glob.glob(f"{self.house.directory}/fjouwer.db*"):
            with open(name, "rb") as f:
                files += f.read()
        self.assertNotIn(b.jar["__Host-login"].encode(), files)
        self.assertIn(b"Groepsmentoring", files)


if __name__ == "__main__":
    main()
