"""Load, processor time and memory of servers, as the bench counts them."""
import os
import re
import subprocess
import time

TICK = os.sysconf("SC_CLK_TCK")


def family(pid):
    """A process and all below it."""
    found = [pid]
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/children",
                  encoding="ascii") as f:
            for child in f.read().split():
                found += family(int(child))
    return found


def cpu_seconds(pid):
    """What a server's processes have used, in user and kernel mode."""
    total = 0
    for p in family(pid):
        with open(f"/proc/{p}/stat", encoding="ascii") as f:
            fields = f.read().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICK


def private_dirty_kb(pid):
    total = 0
    for p in family(pid):
        with open(f"/proc/{p}/smaps_rollup", encoding="ascii") as f:
            total += sum(int(line.split()[1]) for line in f
                         if line.startswith("Private_Dirty:"))
    return total


def milliseconds(text):
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s|m)", text).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000,
                            "m": 60000}[unit]


class Figures:
    """One run of wrk against one server."""

    def __init__(self, output, cpu):
        def number(pattern, otherwise=None):
            match = re.search(pattern, output)
            return match.group(1) if match else otherwise
        self.requests = int(number(r"(\d+) requests in"))
        self.rate = float(number(r"Requests/sec:\s+([\d.]+)"))
        self.p50 = milliseconds(number(r"\n +50%\s+(\S+)"))
        self.p99 = milliseconds(number(r"\n +99%\s+(\S+)"))
        errors = re.search(r"Non-2xx or 3xx responses: (\d+)", output)
        broken = re.search(r"Socket errors: .*", output)
        self.errors = (errors.group(0) if errors else "") + \
            (broken.group(0) if broken else "")
        self.cpu_us = cpu * 1e6 / max(self.requests, 1)


def wrk(pid, url, seconds, connections=16, headers=None, script=None):
    """SCRIPT is a file with its arguments; one thread makes the load."""
    command = ["wrk", "--latency", "--timeout", "30s", "-t1", f"-c{connections}",
               f"-d{seconds}s"]
    for name, value in (headers or {}).items():
        command += ["-H", f"{name}: {value}"]
    if script:
        command += ["-s", script[0]]
    command += [url] + (["--", *script[1:]] if script else [])
    before = cpu_seconds(pid)
    output = subprocess.run(command, stdout=subprocess.PIPE, text=True,
                            check=True).stdout
    figures = Figures(output, cpu_seconds(pid) - before)
    if figures.errors:
        raise RuntimeError(f"{url}: {figures.errors}")
    return figures


def wait_for(ask, seconds=20):
    """Until ASK gives something; the seconds it took."""
    begin = time.monotonic()
    while time.monotonic() - begin < seconds:
        try:
            if ask():
                return time.monotonic() - begin
        except OSError:
            pass
        time.sleep(0.002)
    raise RuntimeError("no answer")
