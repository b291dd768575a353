#!/usr/bin/env python3
"""Mixed load for a long time: does anything stall, or grow?

    soak.py BUILD SECONDS

Browsers read pages and send applications (which wait for the writer, their
connections suspended), pages are held open for live events, and a few
clients stop half-way through a request.  Every answer must come within five
seconds, every live page must hear a heartbeat, and memory and open files
must stay flat once warm.
"""
import http.client
import os
import socket
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
from house import Form, House  # noqa: E402

READERS, WRITERS, LIVE, HALF = 4, 2, 10, 10    # LIVE: a login, as it may
PATIENCE = 5            # seconds for an answer
HEARTBEAT = 20          # seconds: one each 15 is promised
FORM_AGE = 3.2          # seconds: a form sent sooner is taken for a machine's


class Soak:
    """The clock that all clients share, and what they saw."""

    def __init__(self, house, seconds):
        self.house = house
        self.end = time.monotonic() + seconds
        self.answers = {}
        self.faults = []
        self.lock = threading.Lock()

    def goes_on(self):
        return time.monotonic() < self.end

    def note(self, status, seconds):
        with self.lock:
            self.answers[status] = self.answers.get(status, 0) + 1
            if seconds > PATIENCE:
                self.faults.append(f"an answer took {seconds:.1f} s")

    def fault(self, text):
        with self.lock:
            self.faults.append(text)


def browse(soak, ask, pause):
    """Ask again and again on one connection, until the end."""
    while soak.goes_on():
        c = http.client.HTTPConnection("127.0.0.1", soak.house.port,
                                       timeout=PATIENCE * 2)
        try:
            for _ in range(500):
                begin = time.monotonic()
                ask(c)
                answer = c.getresponse()
                answer.read()
                soak.note(answer.status, time.monotonic() - begin)
                time.sleep(pause)
                if not soak.goes_on():
                    break
        except (OSError, http.client.HTTPException) as e:
            soak.fault(f"{type(e).__name__}: {e}")
        finally:
            c.close()


def read_pages(soak, paths, headers):
    turn = iter(range(10**12))
    browse(soak, lambda c: c.request("GET", paths[next(turn) % len(paths)],
                                     headers=headers), 0.002)


def write_forms(soak, form, name):
    turn = iter(range(10**12))

    def ask(c):
        c.request("POST", form.path, form.body({
            "question": "Wêr begjin ik?", "name": "Soak", "place": "Grou",
            "email": "soak@example.org", "phone": "0612345678",
            "lang": "fy", "_once": f"{name}-{next(turn)}"}), form.headers)
    browse(soak, ask, 0.05)


def hold_live(soak, path, headers):
    """One page held open: it must never be silent for long."""
    while soak.goes_on():
        with socket.create_connection(("127.0.0.1", soak.house.port),
                                      timeout=HEARTBEAT) as s:
            head = "".join(f"{k}: {v}\r\n" for k, v in headers.items())
            s.sendall(f"GET {path} HTTP/1.1\r\n{head}\r\n".encode())
            try:
                if b" 200 " not in s.recv(65536)[:20]:
                    soak.fault("a live page was refused")
                while soak.goes_on():
                    if not s.recv(65536):
                        soak.fault("a live page was closed")
                        break
            except TimeoutError:
                if soak.goes_on():
                    soak.fault("a live page heard nothing")


def stop_half_way(soak):
    """A client that goes quiet must be let go, and hold up nobody."""
    while soak.goes_on():
        with socket.create_connection(("127.0.0.1", soak.house.port)) as s:
            s.sendall(b"POST /x HTTP/1.1\r\nHost: localhost\r\nConte")
            time.sleep(min(3, max(0.1, soak.end - time.monotonic())))


def memory_kb(pid):
    """Private memory that was written: what the process costs."""
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as f:
        return sum(int(line.split()[1]) for line in f
                   if line.startswith("Private_Dirty:"))


def watch(soak, pid):
    """Memory and files, a hundred times over the run."""
    samples = []
    pause = max(0.2, (soak.end - time.monotonic()) / 100)
    while soak.goes_on():
        time.sleep(pause)
        files = len(os.listdir(f"/proc/{pid}/fd"))
        samples.append((memory_kb(pid), files))
    return samples


def judge_growth(soak, samples):
    """The last quarter against the second: the first is warming up."""
    n = len(samples) // 4
    early = max(kb for kb, _ in samples[n:2 * n])
    late = max(kb for kb, _ in samples[3 * n:])
    if late > early * 1.1 + 2048:
        soak.fault(f"memory went from {early} to {late} KB")
    if max(f for _, f in samples[3 * n:]) > 20 + max(
            f for _, f in samples[n:2 * n]):
        soak.fault("open files grew")
    print(f"private dirty memory: {samples[0][0]} KB at first, at most "
          f"{early} KB in the second quarter and {late} KB in the last")


def clients(soak, slug, cookie, *more):
    host = f"localhost:{soak.house.port}"
    form = Form(soak.house, f"/{slug}/apply")
    signed_in = {"Host": host, "Cookie": cookie}
    time.sleep(FORM_AGE)
    pages = [f"/{slug}/today", f"/{slug}/applications", f"/{slug}",
             f"/{slug}/apply", "/account"]
    yield from ((read_pages, pages, signed_in) for _ in range(READERS))
    yield from ((write_forms, form, f"w{i}") for i in range(WRITERS))
    for c in (cookie, *more):
        yield from ((hold_live, f"/{slug}/live", {"Host": host, "Cookie": c})
                    for _ in range(LIVE))
    yield from ((stop_half_way,) for _ in range(HALF))


def soak_house(house, seconds):
    house.command("demo")
    house.query("UPDATE programme SET network_daily = 1000000000;")
    slug = house.query("SELECT slug FROM programme LIMIT 1;")[0][0]
    house.start()
    cookies = [house.sign_in(f"{name}@fjouwer.example")
               for name in ("sjoukje", "femke")]
    soak = Soak(house, seconds)
    threads = [threading.Thread(target=what, args=(soak, *rest))
               for what, *rest in clients(soak, slug, *cookies)]
    for t in threads:
        t.start()
    samples = watch(soak, house.process.pid)
    for t in threads:
        t.join()
    judge_growth(soak, samples)
    if house.stop() != 0:
        soak.fault("it did not stop by itself")
    return soak


def main():
    with tempfile.TemporaryDirectory(prefix="fjouwer-soak-") as directory:
        soak = soak_house(House(sys.argv[1], directory), int(sys.argv[2]))
    print("answers by status:", dict(sorted(soak.answers.items())))
    wrong = [s for s in soak.answers if s not in (200, 303)]
    if wrong:
        soak.fault(f"answers of {wrong}")
    for text in soak.faults[:20]:
        print("   ", text)
    print(f"{int(not soak.faults)} passed, {int(bool(soak.faults))} failed")
    return 1 if soak.faults else 0


sys.exit(main())
