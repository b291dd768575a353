"""What attack.py and bad_input.py share: a browser that can be hostile, and
the program it is let loose on.

    SCRIPT BUILD [postgres]
"""
import base64
import email
import email.policy
import glob
import hashlib
import hmac
import http.client
import os
import re
import socket
import struct
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
from house import HiddenFields, House  # noqa: E402

BUILD = sys.argv[1]
POSTGRES = os.environ["FJOUWER_TEST_POSTGRES"] \
    if sys.argv[2:] == ["postgres"] else None
MANAGER, OFFICE = "sjoukje@fjouwer.example", "femke@fjouwer.example"
MENTOR, LEAD = "wietske@mentor.example", "anneke@mentor.example"
STRANGER = "stranger@drenthe.example"
PASSWORD = "zeven trage hazen op klompen"
FORM_AGE = 3.2          # seconds: a form sent sooner is taken for a machine's
FORM = "application/x-www-form-urlencoded"


class Answer:
    def __init__(self, answer):
        self.status, self.headers = answer.status, answer.headers
        self.body = answer.read()
        self.text = self.body.decode("utf-8", "replace")
        self.location = answer.headers.get("Location", "")


class Browser:
    """Keeps cookies, fills forms in, and comes from NETWORK."""

    def __init__(self, house, network="127.0.0.1"):
        self.house, self.network, self.jar = house, network, {}

    def ask(self, method, path, body=None, **headers):
        c = http.client.HTTPConnection("127.0.0.1", self.house.port,
                                       timeout=60)
        sent = {"Host": f"localhost:{self.house.port}",
                "X-Forwarded-For": self.network,
                "Cookie": "; ".join(f"{k}={v}" for k, v in self.jar.items())}
        if method == "POST":
            sent.update({"Content-Type": FORM, "Sec-Fetch-Site":
                         "same-origin", "Origin": self.house.base_url})
        sent.update({k.replace("_", "-"): v for k, v in headers.items()})
        try:
            c.request(method, path, body, {k: v for k, v in sent.items()
                                           if v is not None})
            answer = Answer(c.getresponse())
        finally:
            c.close()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, value = cookie.split(";")[0].split("=", 1)
            self.jar[name] = value
        return answer

    def get(self, path):
        return self.ask("GET", path)

    def hidden(self, page, action=None):
        """The hidden fields of a form on PAGE that is sent to ACTION."""
        parser = HiddenFields(action or page)
        parser.feed(self.get(page).text)
        return parser.fields

    def post(self, path, fields, **headers):
        return self.ask("POST", path, urllib.parse.urlencode(fields, True),
                        **headers)

    def send(self, page, fields=(), action=None):
        return self.post(action or page, {**self.hidden(page, action),
                                          **dict(fields)})

    def open_link(self, user):
        url = self.house.command("signin-link", user).split()[-1]
        answer = self.send(urllib.parse.urlparse(url).path)
        assert answer.status == 303, answer.status
        return self

    def is_in(self):
        return self.get("/account").status == 200


def totp(seed, shift=0):
    """The code of RFC 6238, SHIFT steps of 30 seconds from now."""
    key = base64.b32decode(seed)
    step = struct.pack(">q", int(time.time()) // 30 + shift)
    mac = hmac.new(key, step, hashlib.sha1).digest()
    at = mac[-1] & 15
    return "%06d" % ((struct.unpack(">I", mac[at:at + 4])[0] & 0x7fffffff)
                     % 1000000)


def question(browser, path="/fryslan/apply", **changes):
    """A public form that was filled in soundly, but for CHANGES."""
    fields = browser.hidden(path)
    fields.update(question="Hoe vind ik klanten?", name="Nynke Hiemstra",
                  place="Drachten", email="nynke@zilver.example",
                  phone="058 123 45 67", lang="nl", website="")
    fields.update(changes)
    return fields


def words(mail):
    return mail.get_body(("plain",)).get_content()


class Attack(unittest.TestCase):
    """One demo programme and one foreign one, served behind a proxy."""
    proxies = "127.0.0.1"

    @classmethod
    def setUpClass(cls):
        cls.place = tempfile.TemporaryDirectory(prefix="fjouwer-attack-")
        cls.house = h = House(BUILD, cls.place.name, POSTGRES)
        h.base_url = h.env["FJOUWER_BASE_URL"]
        h.env.update(FJOUWER_PROXIES=cls.proxies)
        if POSTGRES:
            subprocess.run(["psql", "-qX", POSTGRES, "-c", "DROP SCHEMA "
                            "public CASCADE; CREATE SCHEMA public; GRANT "
                            "USAGE ON SCHEMA public TO PUBLIC"],
                           check=True, stderr=subprocess.DEVNULL)
        h.command("demo")
        h.start()
        cls.fryslan = int(h.query("SELECT id FROM programme "
                                  "WHERE slug = 'fryslan';")[0][0])
        h.query("INSERT INTO programme (id, slug, name, stage, created_at) "
                "VALUES (1, 'drenthe', 'Drenthe', 2, 1);")
        h.command("user", "add", "Stranger", STRANGER, "--programme",
                  "drenthe", "--role", "manager")
        cls.manager = Browser(h).open_link(MANAGER)
        cls.stranger = Browser(h).open_link(STRANGER)

    @classmethod
    def tearDownClass(cls):
        cls.house.stop()
        cls.place.cleanup()

    def query(self, statement, programme=None):
        return self.house.query(statement, programme or self.fryslan)

    def one(self, statement):
        return self.query(statement)[0][0]

    def count(self, table):
        return int(self.one(f"SELECT count(*) FROM {table};"))

    def mails(self):
        for name in sorted(glob.glob(f"{self.house.directory}/mail/*.eml"),
                           key=os.path.getmtime, reverse=True):
            with open(name, "rb") as f:
                yield email.message_from_binary_file(
                    f, policy=email.policy.default)

    def mail_to(self, address, pattern, but=None):
        """What PATTERN finds in a mail to ADDRESS, once it is there."""
        for _ in range(100):
            for m in self.mails():
                found = re.search(pattern, words(m))
                if found and m["To"] == address and found.group(1) != but:
                    return found.group(1)
            time.sleep(0.1)
        raise AssertionError(f"no mail to {address} with {pattern}")

    def give_password(self, address, but=None):
        """Give ADDRESS our password; the link used, not BUT."""
        b = Browser(self.house)
        b.send("/sign-in/forgotten", {"email": address})
        link = self.mail_to(address, r"(/sign-in/password/\S{43})", but)
        self.assertEqual(b.send(link, {"password": PASSWORD}).status, 303)
        return link

    def sign_in(self, browser, address, password=PASSWORD):
        return browser.send("/sign-in", {"email": address,
                                         "password": password})


def main():
    """Run the tests of the script, and close with their counts."""
    result = unittest.main(argv=[sys.argv[0]], exit=False).result
    bad = len(result.failures) + len(result.errors)
    print(f"{result.testsRun - bad} passed, {bad} failed")
    sys.exit(bad > 0)
