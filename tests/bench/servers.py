"""The servers of the bench: Fjouwer on a filled database, and its peers."""
import datetime
import hashlib
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path[:0] = [os.path.join(ROOT, "tests"), os.path.join(HERE, "peers")]
from house import House, free_port  # noqa: E402
from measure import wait_for  # noqa: E402
from statements import statements  # noqa: E402

MANAGER = "sjoukje@fjouwer.example"
PEER_TOKEN = secrets.token_urlsafe(32)
OPEN = 100              # applications that are open; the others have ended
PEOPLE = 20000
RUNNING = []            # all that was started, for the end


def end_all():
    """What a failed measurement has left running."""
    for server in RUNNING:
        process = server.process
        if process and process.poll() is None:
            process.terminate()
            process.wait(timeout=30)


class Site:
    """Fjouwer with so many applications, and somebody signed in."""

    def __init__(self, build, directory, applications):
        os.makedirs(directory)
        self.house = House(build, directory)
        RUNNING.append(self.house)
        self.house.command("demo")
        self.house.query("UPDATE person SET lang = 2;")
        self.programme, self.slug = self.house.query(
            "SELECT id, slug FROM programme LIMIT 1;")[0]
        self.house.start()
        self.cookie = self.house.sign_in(MANAGER)
        self.house.stop()
        self.fill(applications)

    def fill(self, applications):
        with open(os.path.join(HERE, "seed.sql"), encoding="utf-8") as f:
            sql = f.read()
        self.house.query(sql.format(
            people=PEOPLE, applications=applications, open=OPEN,
            programme=self.programme, first_id=1000000,
            now=time.time_ns() // 1000,
            today=datetime.date.today().isoformat(),
            peer_token=hashlib.sha256(PEER_TOKEN.encode()).hexdigest()))

    @property
    def pid(self):
        return self.house.process.pid

    @property
    def url(self):
        return f"http://127.0.0.1:{self.house.port}/{self.slug}/today"

    @property
    def headers(self):
        return {"Host": f"localhost:{self.house.port}",
                "Cookie": self.cookie}

    def page(self):
        status, _, body = self.house.get(f"/{self.slug}/today", self.headers)
        if status != 200:
            raise RuntimeError(f"Today answered {status}")
        return body.decode()


def split_page(page):
    """What stands before and after the page's own part."""
    begin = page.index('<div class="pagehead">')
    end = page.index("</div></main>")
    return page[:begin], page[end:]


class Peer:
    """Another server, with a copy of the database and the same page."""

    def __init__(self, name, command, env, cwd=HERE):
        self.name = name
        self.port = int(env["PEER_PORT"])
        with open(env["PEER_LOG"], "ab") as log:
            self.process = subprocess.Popen(
                command, env={**os.environ, **env}, cwd=cwd,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        RUNNING.append(self)
        wait_for(self.page)

    @property
    def pid(self):
        return self.process.pid

    @property
    def headers(self):
        return {"Cookie": f"login={PEER_TOKEN}"}

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}/fryslan/today"

    def page(self):
        ask = urllib.request.Request(self.url, headers=self.headers)
        with urllib.request.urlopen(ask, timeout=20) as answer:
            return answer.read().decode()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)


def peer_environment(site, directory, name, page):
    """Files that a peer reads: its own database, and the page around."""
    os.makedirs(directory, exist_ok=True)
    paths = {key: os.path.join(directory, f"{name}-{key}")
             for key in ("db", "head", "foot", "log", "statements")}
    shutil.copy(site.house.file, paths["db"])
    head, foot = split_page(page)
    for key, text in (("head", head), ("foot", foot),
                      ("statements", json.dumps(statements()))):
        with open(paths[key], "w", encoding="utf-8") as f:
            f.write(text)
    return {f"PEER_{key.upper()}": path for key, path in paths.items()} | {
        "PEER_PORT": str(free_port()), "TZ": "Europe/Amsterdam",
        "PEER_URL": f"http://localhost:{site.house.port}"}


def start_flask(site, directory, page):
    env = peer_environment(site, directory, "flask", page)
    return Peer("Flask", ["/usr/bin/gunicorn", "-w", "2", "-k", "gthread",
                          "--threads", "4", "--keep-alive", "60", "-b",
                          f"127.0.0.1:{env['PEER_PORT']}",
                          "flask_today:app"],
                env, os.path.join(HERE, "peers"))


def start_fastify(site, directory, page):
    env = peer_environment(site, directory, "fastify", page)
    return Peer("fastify", [os.path.join(ROOT, ".node/bin/node"),
                            "fastify_today.cjs"],
                env, os.path.join(HERE, "peers"))


NGINX = """
daemon off; worker_processes 2; pid {d}/pid; error_log {d}/error;
{user}
events {{ worker_connections 1024; }}
http {{
	access_log off; default_type text/html; keepalive_requests 100000000;
	client_body_temp_path {d}/t1; proxy_temp_path {d}/t2;
	fastcgi_temp_path {d}/t3; uwsgi_temp_path {d}/t4; scgi_temp_path {d}/t5;
	server {{ listen 127.0.0.1:{port}; root {d}/www; }}
}}
"""


def start_nginx(directory, page):
    """The same bytes as a file: what nothing can be faster than."""
    port = free_port()
    www = os.path.join(directory, "www", "fryslan")
    os.makedirs(www)
    with open(os.path.join(www, "today"), "w", encoding="utf-8") as f:
        f.write(page)
    conf = os.path.join(directory, "nginx.conf")
    with open(conf, "w", encoding="utf-8") as f:
        f.write(NGINX.format(d=directory, port=port,
                             user="user root;" if os.getuid() == 0 else ""))
    return Peer("nginx, a file", ["/usr/sbin/nginx", "-c", conf],
                {"PEER_PORT": str(port),
                 "PEER_LOG": os.path.join(directory, "log")})
