"""Start Fjouwer for a test, ask it things, and end it, gently or not."""
import atexit
import html.parser
import http.client
import os
import signal
import socket
import subprocess
import time
import urllib.parse

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class House:
    """One installation in DIRECTORY, on SQLite or a given PostgreSQL.

    BUILD holds the program and its helpers; PROGRAM is another one that is
    to be driven in its place.
    """

    def __init__(self, build, directory, postgres=None, program=None):
        build = os.path.abspath(build)
        self.program = program or os.path.join(build, "fjouwer")
        self.sql_tool = os.path.join(build, "tests", "sql")
        self.directory = directory
        self.postgres = postgres
        self.port = free_port()
        self.log = os.path.join(directory, "log")
        self.file = os.path.join(directory, "fjouwer.db")
        database = f"postgres:{postgres}" if postgres else \
            f"sqlite:{self.file}"
        self.env = dict(os.environ, FJOUWER_DATABASE=database,
                        FJOUWER_DATA=directory,
                        FJOUWER_LISTEN=f"127.0.0.1:{self.port}",
                        FJOUWER_BASE_URL=f"http://localhost:{self.port}")
        self.process = None
        atexit.register(self.end)

    def end(self):
        """Leave nothing running when a test breaks off."""
        if self.process and self.process.poll() is None:
            self.kill()

    def command(self, *words):
        """Run a command of the program; its output."""
        done = subprocess.run([self.program, *words], env=self.env,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{words}: {done.stderr[-2000:]}")
        return done.stdout

    def start(self):
        """Serve; the seconds until the first good answer of /readyz."""
        begin = time.monotonic()
        self.launch()
        while time.monotonic() - begin < 20:
            if self.is_ready():
                return time.monotonic() - begin
            if self.process.poll() is not None:
                raise RuntimeError(f"ended with {self.process.returncode}; "
                                   f"see {self.log}")
            time.sleep(0.002)
        raise RuntimeError("not ready within 20 seconds")

    def launch(self):
        """Serve, without waiting for an answer."""
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [self.program, "serve"], env=self.env,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def is_ready(self):
        try:
            return self.get("/readyz")[0] == 200
        except OSError:
            return False
        except http.client.HTTPException:
            return False

    def kill(self):
        """As a power cut would for the process: nothing is finished."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=60)

    def get(self, path, headers=None):
        """Status, headers and body of one GET on its own connection."""
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            c.request("GET", path, headers={
                "Host": f"localhost:{self.port}", **(headers or {})})
            answer = c.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            c.close()

    def sign_in(self, user):
        """The Cookie header of USER, by a link from the command line."""
        url = self.command("signin-link", user).split()[-1]
        form = Form(self, urllib.parse.urlparse(url).path)
        status, headers, _ = self.post(form, {})
        if status != 303:
            raise RuntimeError(f"signing in answered {status}")
        cookies = headers.get_all("Set-Cookie", [])
        return "; ".join(c.split(";")[0] for c in cookies
                         if "Max-Age=0" not in c)

    def post(self, form, fields):
        """Status, headers and body of one POST on its own connection."""
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            c.request("POST", form.path, form.body(fields), form.headers)
            answer = c.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            c.close()

    def query(self, statements, programme=0):
        """Rows, as lists of texts, of statements run beside the server."""
        if self.postgres:
            command = ["psql", "-qAtX", "-F", "\t", "-v", "ON_ERROR_STOP=1",
                       self.postgres]
            env = dict(os.environ,
                       PGOPTIONS=f"-c fjouwer.programme={programme}")
        else:
            command, env = [self.sql_tool, self.file], None
        done = subprocess.run(command, input=statements, env=env, text=True,
                              stdout=subprocess.PIPE, check=True)
        return [line.split("\t") for line in done.stdout.splitlines()]


class HiddenFields(html.parser.HTMLParser):
    """The hidden fields of the form that is sent to PATH."""

    def __init__(self, path):
        super().__init__()
        self.path = path
        self.inside = False
        self.fields = {}

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag == "form":
            self.inside = a.get("action", self.path) == self.path and \
                a.get("method", "get") == "post"
        elif tag == "input" and self.inside and a.get("type") == "hidden":
            self.fields[a["name"]] = a.get("value", "")


class Form:
    """A page's form, fetched once, to be sent as often as wanted."""

    def __init__(self, house, path, cookie=""):
        status, headers, body = house.get(path, {"Cookie": cookie})
        if status != 200:
            raise RuntimeError(f"{path} answered {status}")
        parser = HiddenFields(path)
        parser.feed(body.decode())
        self.path = path
        self.hidden = parser.fields
        cookies = [c.split(";")[0] for c in headers.get_all("Set-Cookie", [])]
        self.headers = {
            "Host": f"localhost:{house.port}",
            "Cookie": "; ".join(filter(None, [cookie, *cookies])),
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": f"http://localhost:{house.port}",
            "Sec-Fetch-Site": "same-origin",
        }

    def body(self, fields):
        return urllib.parse.urlencode({**self.hidden, **fields})
