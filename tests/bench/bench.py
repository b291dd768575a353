#!/usr/bin/env python3
"""Measure, and write the report.  See run.

Each comparison is made in rounds, one server after the other, and the median
is told: the machine may be busy with other things, ratios hold better than
figures.
"""
import datetime
import os
import platform
import socket
import statistics
import subprocess
import sys
import tempfile
import time

from measure import private_dirty_kb, wait_for, wrk
from servers import (HERE, OPEN, PEOPLE, ROOT, Site, end_all, start_fastify,
                     start_flask, start_nginx)
from house import Form

ROUNDS = 3
CONNECTIONS = 200
FORM_AGE = 3.2          # seconds: a form sent sooner is taken for a machine's


class Bench:
    def __init__(self, build, scale, directory):
        self.build = os.path.abspath(build)
        self.directory = directory
        self.applications = int(100000 * scale)
        self.most = int(1000000 * scale)
        self.seconds = max(1, int(8 * scale))
        self.lines = []
        self.targets = []

    def path(self, name):
        return os.path.join(self.directory, name)

    def say(self, text=""):
        print(text, flush=True)
        self.lines.append(text)

    def target(self, what, value, limit, at_least=False):
        """A figure that issue and architecture ask for."""
        good = value >= limit if at_least else value <= limit
        self.targets.append(
            f"| {what} | {value:.1f} | "
            f"{'at least' if at_least else 'at most'} {limit} | "
            f"{'reached' if good else 'NOT reached'} |")


def machine(bench):
    with open("/proc/cpuinfo", encoding="ascii") as f:
        model = next(line.split(": ")[1].strip() for line in f
                     if line.startswith("model name"))
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"],
                            cwd=ROOT, stdout=subprocess.PIPE, text=True,
                            check=False).stdout.strip()
    bench.say(f"# The bench of {datetime.date.today()}")
    bench.say()
    bench.say(f"Commit {commit}. {os.cpu_count()} cores of {model}, Linux "
              f"{platform.release()}, load {os.getloadavg()[0]:.1f} at the "
              f"start. One fdatasync of 4 KB took {fdatasync_us(bench):.0f} "
              "µs (median).")


def fdatasync_us(bench):
    took = []
    fd = os.open(bench.path("sync"), os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    for _ in range(200):
        os.write(fd, b"x" * 4096)
        begin = time.monotonic()
        os.fdatasync(fd)
        took.append(time.monotonic() - begin)
    os.close(fd)
    return statistics.median(took) * 1e6


def median(figures, name):
    return statistics.median(getattr(f, name) for f in figures)


def table(bench, results):
    bench.say("| | CPU a request, µs | requests a second | p50, ms | "
              "p99, ms |")
    bench.say("| --- | ---: | ---: | ---: | ---: |")
    for name, figures in results.items():
        bench.say(f"| {name} | {median(figures, 'cpu_us'):.0f} | "
                  f"{median(figures, 'rate'):.0f} | "
                  f"{median(figures, 'p50'):.2f} | "
                  f"{median(figures, 'p99'):.2f} |")
    bench.say()


def squeezed(page):
    return "".join(page.split())


def compare_pages(page, peers):
    for peer in peers:
        a, b = squeezed(page), squeezed(peer.page())
        if a != b:
            same = len(os.path.commonprefix([a, b]))
            raise RuntimeError(f"{peer.name} shows another page:\n"
                               f"{a[same - 60:same + 90]}\n"
                               f"{b[same - 60:same + 90]}")


def measure_today(bench, site):
    page = site.page()
    peers = [start_flask(site, bench.path("peers"), page),
             start_fastify(site, bench.path("peers"), page),
             start_nginx(bench.path("nginx"), page)]
    compare_pages(page, peers)
    results = {}
    for turn in range(ROUNDS + 1):
        for name, s in [("Fjouwer", site)] + [(p.name, p) for p in peers]:
            figures = wrk(s.pid, s.url, bench.seconds, headers=s.headers)
            if turn > 0:        # the first warms up
                results.setdefault(name, []).append(figures)
    bench.say(f"\n## Today, {len(page.encode())} bytes, "
              f"{bench.applications} applications ({OPEN} open), {PEOPLE} "
              "people\n")
    bench.say("Same statements, same page (compared but for white space); "
              "what stands around the page is a constant in the peers. "
              f"wrk, 16 connections, {ROUNDS} rounds of {bench.seconds} s "
              "in turn, two processes or threads each.\n")
    table(bench, results)
    own = median(results["Fjouwer"], "cpu_us")
    bench.target("Today, µs CPU", own, 120)
    bench.target("Flask / Fjouwer, CPU of Today",
                 median(results["Flask"], "cpu_us") / own, 6, True)
    bench.target("fastify / Fjouwer, CPU of Today",
                 median(results["fastify"], "cpu_us") / own, 2.5, True)
    return peers


def form_script(site):
    """The public form as wrk sends it, again and again."""
    form = Form(site.house, f"/{site.slug}/apply")
    body = form.body({
        "question": "How do I keep my customers?", "name": "Jelle Bench",
        "place": "Drachten", "email": "bench@example.org",
        "phone": "0612345678", "lang": "nl"})
    body = "&".join(p for p in body.split("&")
                    if not p.startswith("_once="))
    time.sleep(FORM_AGE)
    return [os.path.join(HERE, "post.lua"), form.path, body,
            form.headers["Cookie"], form.headers["Origin"]]


def measure_post(bench, site, peers):
    script = form_script(site)
    results = {}
    for turn in range(ROUNDS):
        for name, s in [("Fjouwer", site)] + [(p.name, p) for p in peers]:
            root = s.url.rsplit("/", 2)[0]
            results.setdefault(name, []).append(
                wrk(s.pid, root, bench.seconds, connections=64,
                    script=[*script, f"{name}-{turn}"]))
    bench.say("## A durable POST: an application through the public form\n")
    bench.say("Each is on the disk before its 303. Fjouwer also checks the "
              "form, keeps the limits, makes a link and writes the mail; the "
              "peers only insert receipt, application, step and promise. "
              "64 connections.\n")
    table(bench, results)


def commits(bench, each, longer_us):
    file = bench.path(f"commits-{time.monotonic_ns()}.db")
    here = os.path.join(bench.build, "tests/bench")
    slow = {"LD_PRELOAD": os.path.join(here, "libslow_sync.so"),
            "SYNC_US": str(longer_us)} if longer_us else {}
    done = subprocess.run(
        [os.path.join(here, "commits"), file,
         str(max(1, bench.seconds // 2))] + (["each"] if each else []),
        stdout=subprocess.PIPE, text=True, check=True,
        env={**os.environ, **slow})
    return int(done.stdout)


BUSY = """
import os, sys
fd = os.open(sys.argv[1], os.O_CREAT | os.O_WRONLY)
block = os.urandom(4 << 20)
while True:
    os.pwrite(fd, block, 0)
    os.fsync(fd)
"""


def measure_commits(bench):
    bench.say("## Group commit against one transaction each\n")
    bench.say("The writer alone, 64 small writes always waiting, median of "
              f"{ROUNDS} rounds in turn. The gain is the price of an fsync, "
              "so it is told with the disk idle, with a neighbour that "
              "writes and syncs 4 MB without pause, and with a preloaded "
              "library that makes each sync take longer, as on the disks "
              "that most people have.\n")
    bench.say("| disk | fdatasync, µs | each, a second | together | times |")
    bench.say("| --- | ---: | ---: | ---: | ---: |")
    for disk, longer_us in (("idle", 0), ("busy", 0), ("1 ms slower", 1000),
                            ("5 ms slower", 5000)):
        busy = subprocess.Popen([sys.executable, "-c", BUSY,
                                 bench.path("busy")]) \
            if disk == "busy" else None
        try:
            pairs = [(commits(bench, True, longer_us),
                      commits(bench, False, longer_us),
                      fdatasync_us(bench) + longer_us)
                     for _ in range(ROUNDS)]
        finally:
            if busy:
                busy.kill()
                busy.wait()
        each, together, sync = (statistics.median(x) for x in zip(*pairs))
        bench.say(f"| {disk} | {sync:.0f} | {each:.0f} | {together:.0f} | "
                  f"{together / each:.1f} |")
        bench.target(f"group commit, times, disk {disk}", together / each,
                     10, True)
    bench.say()


def measure_start(bench, site):
    took = {"the first page, Today": [], "/readyz: the first write": []}
    for _ in range(5):
        for name, ask in zip(took, (site.page, site.house.is_ready)):
            site.house.stop()
            begin = time.monotonic()
            site.house.launch()
            wait_for(ask)
            took[name].append((time.monotonic() - begin) * 1000)
    bench.say("## Start\n")
    bench.say(f"With {bench.applications} applications, from the start of "
              "the process. The file is read whole before the first write, "
              "beside those who read pages.\n")
    for name, ms in took.items():
        bench.say(f"* until {name}: {min(ms):.0f} to {max(ms):.0f} ms, "
                  f"median {statistics.median(ms):.0f}")
    bench.say()
    bench.target("start until the first page, ms",
                 statistics.median(next(iter(took.values()))), 150)


def measure_memory(bench, site):
    time.sleep(1)
    idle = private_dirty_kb(site.pid) / 1024
    head = "".join(f"{k}: {v}\r\n" for k, v in site.headers.items())
    ask = f"GET /{site.slug}/today HTTP/1.1\r\n{head}\r\n".encode()
    held = []
    for _ in range(CONNECTIONS):
        s = socket.create_connection(("127.0.0.1", site.house.port))
        s.sendall(ask)
        held.append(s)
    for s in held:
        s.recv(65536)
    full = private_dirty_kb(site.pid) / 1024
    for s in held:
        s.close()
    bench.say("## Memory\n")
    bench.say(f"Private dirty: {idle:.1f} MB idle after a start, {full:.1f} "
              f"MB with {CONNECTIONS} connections that have each had "
              "Today.\n")
    bench.target("private dirty memory idle, MB", idle, 24)


def measure_growth(bench):
    cpu = {}
    sites = {n: Site(bench.build, bench.path(f"rows-{n}"), n)
             for n in (1000, bench.most)}
    for site in sites.values():
        site.house.start()
        site.page()
    for _ in range(ROUNDS):
        for n, site in sites.items():
            cpu.setdefault(n, []).append(wrk(
                site.pid, site.url, bench.seconds, headers=site.headers))
    for site in sites.values():
        site.house.stop()
    bench.say("## Growth\n")
    bench.say(f"Today with {OPEN} open applications among more that have "
              "ended.\n")
    table(bench, {f"{n} applications": f for n, f in cpu.items()})
    bench.target(f"CPU of Today, {bench.most} against 1000 rows",
                 median(cpu[bench.most], "cpu_us")
                 / median(cpu[1000], "cpu_us"), 1.3)


def write_report(bench):
    reports = os.path.join(ROOT, "doc/reports")
    name = os.path.join(reports, f"{datetime.date.today()}-bench.md")
    os.makedirs(reports, exist_ok=True)
    with open(name, "w", encoding="utf-8") as f:
        f.write("\n".join(bench.lines) + "\n")
        f.write("## What was to be reached\n\n")
        f.write("| figure | measured | wanted | |\n")
        f.write("| --- | ---: | --- | --- |\n")
        f.write("\n".join(bench.targets) + "\n")
    print("\n".join(bench.targets))
    print("written:", os.path.relpath(name, ROOT))


def measure_all(bench):
    machine(bench)
    site = Site(bench.build, bench.path("site"), bench.applications)
    site.house.start()
    peers = measure_today(bench, site)
    measure_post(bench, site, peers[:2])
    for peer in peers:
        peer.stop()
    measure_commits(bench)
    measure_start(bench, site)
    measure_memory(bench, site)
    site.house.stop()
    measure_growth(bench)


def main():
    with tempfile.TemporaryDirectory(
            prefix="bench-", dir=os.path.abspath(sys.argv[1])) as directory:
        bench = Bench(sys.argv[1], float(sys.argv[2]), directory)
        try:
            measure_all(bench)
        finally:
            end_all()
    write_report(bench)
    return 0


sys.exit(main())
