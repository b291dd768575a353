#!/usr/bin/env python3
"""Measure whether the time of an answer tells whose address is known.

    timing.py BUILD PAIRS

Known and unknown addresses are asked in turn, in a random order within each
pair.  The control is a request that does a little more, and must be seen.
"""
import http.client
import os
import random
import statistics
import sys
import tempfile
import time
import urllib.parse

from scipy.stats import mannwhitneyu

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
from house import HiddenFields, House  # noqa: E402
from trial import TOO_FAST, Tally  # noqa: E402

FORM = "application/x-www-form-urlencoded"
# Argon2id as the program makes it; of which password matters to nobody.
PHC = ("$argon2id$v=19$m=19456,t=2,p=1$"
       "IBRwPrN8It2gs1AwEk7tkQ$NeZDJa3G6OIwLecsmrMYBhvVwrFBcCrCGUMVyrEyY4k")


class Clock:
    """One connection on which forms of PAGE are sent and timed."""

    def __init__(self, house, page):
        self.page = page
        self.connection = http.client.HTTPConnection("127.0.0.1", house.port)
        self.headers = {"Host": f"localhost:{house.port}"}
        answer = self.ask("GET")
        parser = HiddenFields(page)
        parser.feed(answer.text)
        self.hidden = parser.fields
        self.headers.update({
            "Cookie": "; ".join(c.split(";")[0] for c in
                                answer.headers.get_all("Set-Cookie", [])),
            "Content-Type": FORM, "Sec-Fetch-Site": "same-origin",
            "Origin": house.base_url})

    def ask(self, method, body=None):
        self.connection.request(method, self.page, body, self.headers)
        answer = self.connection.getresponse()
        answer.text = answer.read().decode()
        return answer

    def time(self, fields, network):
        """Milliseconds that FIELDS from NETWORK take, and the status."""
        self.headers["X-Forwarded-For"] = network
        body = urllib.parse.urlencode({
            **self.hidden, **fields, "_once": os.urandom(8).hex()})
        begin = time.perf_counter()
        status = self.ask("POST", body).status
        return (time.perf_counter() - begin) * 1000, status


def network_of(i):
    return f"10.{i >> 16 & 255}.{i >> 8 & 255}.{i & 255}"


def compare(clock, pairs, one, other):
    """Times of ONE(i) and OTHER(i), which make fields, and the statuses."""
    times, statuses = ([], []), set()
    for i in range(pairs):
        turns = [(0, one), (1, other)]
        random.shuffle(turns)
        for which, fields in turns:
            ms, status = clock.time(fields(i), network_of(2 * i + which))
            times[which].append(ms)
            statuses.add(status)
    return times, statuses


def judge(what, times):
    """Say what was measured; the difference of the medians, and p."""
    a, b = (statistics.median(t) for t in times)
    p = mannwhitneyu(*times).pvalue
    print(f"{what}: {a:.3f} ms and {b:.3f} ms, {(a / b - 1) * 100:+.1f} %, "
          f"p = {p:.4f}, {len(times[0])} pairs", flush=True)
    return abs(a / b - 1), p


def furnish(house, n):
    """N people with a password, called known0@ and so on."""
    house.command("demo")
    people = "\n".join(
        f"INSERT INTO person (id, name, email, created_at) VALUES "
        f"({i + 1}, 'Known', 'known{i}@mentor.example', 1);\n"
        f"INSERT INTO credential (id, person, kind, secret, confirmed, "
        f"created_at) VALUES ({i + 1}, {i + 1}, 1, "
        f"CAST('{PHC}' AS BLOB), 1, 1);" for i in range(n))
    house.query(f"BEGIN;\n{people}\nCOMMIT;")


def measure(tally, house, page, pairs, fields):
    """FIELDS(address) on PAGE: alike for both, and the control seen."""
    clock = Clock(house, page)
    times, statuses = compare(
        clock, pairs,
        lambda i: fields(f"known{i % pairs}@mentor.example"),
        lambda i: fields(f"other{i % pairs}@mentor.example"))
    tally.check(f"{page}: one status", len(statuses) == 1, statuses)
    apart, p = judge(page, times)
    tally.check(f"{page}: alike", apart < 0.05 and p > 0.01, (apart, p))


def measure_control(tally, house, pairs):
    """A form that is only longer to read."""
    clock = Clock(house, "/sign-in/forgotten")
    times, _ = compare(
        clock, pairs,
        lambda i: {"email": f"more{i}@mentor.example", "more": "x" * 20000},
        lambda i: {"email": f"less{i}@mentor.example"})
    _, p = judge("control", times)
    tally.check("control: seen", p < 0.01, p)


def measure_form(tally, house, pairs):
    """
    Whoever asked a question today gets no second letter.  That shows in the
    time, but once only: the try itself makes the address one that asked.
    """
    clock = Clock(house, "/fryslan/apply")
    def fields(address):
        return {"question": "Hoe?", "name": "Nynke", "place": "Drachten",
                "email": address, "phone": "058 123 45 67", "lang": "nl",
                "website": ""}
    time.sleep(TOO_FAST)
    for i in range(pairs):
        clock.time(fields(f"asked{i}@mentor.example"), network_of(i))
    times, statuses = compare(
        clock, pairs, lambda i: fields(f"asked{i}@mentor.example"),
        lambda i: fields(f"fresh{i}@mentor.example"))
    tally.check("form: one status", statuses == {303}, statuses)
    judge("public form, the address asked before", times)


def main():
    pairs, tally = int(sys.argv[2]), Tally()
    with tempfile.TemporaryDirectory(prefix="fjouwer-timing-") as place:
        house = House(sys.argv[1], place)
        house.base_url = house.env["FJOUWER_BASE_URL"]
        house.env.update(FJOUWER_PROXIES="127.0.0.1")
        furnish(house, pairs)
        house.start()
        measure(tally, house, "/sign-in/forgotten", pairs,
                lambda address: {"email": address})
        measure_control(tally, house, pairs)
        measure(tally, house, "/sign-in", pairs,
                lambda address: {"email": address, "password": "wrong"})
        measure_form(tally, house, pairs)
        house.stop()
    sys.exit(tally.end())


if __name__ == "__main__":
    main()
