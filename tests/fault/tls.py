#!/usr/bin/env python3
"""Send mail over TLS, to servers that are right and that are wrong.

    tls.py BUILD

The program sends to mail.localhost, which leads to this machine but is not
one of its names for it, so that TLS is required as of any other.  A tap
between the two keeps each byte that left: letter and password must never be
among them.  The control: to 127.0.0.1 a letter goes in clear, and the tap
sees it.
"""
import base64
import logging
import os
import socket
import socketserver
import ssl
import subprocess
import sys
import tempfile
import threading
import time

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from trial import House, Tally, application, apply_form, furnish
from house import free_port

HOST = "mail.localhost"
PASSWORD = "een-twee-drie"
MANAGER = "sjoukje@fjouwer.example"
ENGLISH = 2
NO_TLS = "The mail server offers no safe connection, so nothing was sent."
OTHER = ("The certificate of the mail server is of another name, so nothing "
         "was sent.")
RUN_OUT = ("The certificate of the mail server has run out, so nothing was "
           "sent.")
UNKNOWN = "Nobody we know vouches for the mail server, so nothing was sent."
DENIED = "The mail server does not take our name and password."

# What it is, how the server speaks TLS, its certificate, our password, and
# what keeps the letter from leaving: nothing, when it arrives.
CASES = (
    ("STARTTLS, a good certificate", "starttls", "good", None, None),
    ("STARTTLS, the right password", "starttls", "good", PASSWORD, None),
    ("STARTTLS, a wrong password", "starttls", "good", "wrong", DENIED),
    ("STARTTLS, another name", "starttls", "other", PASSWORD, OTHER),
    ("STARTTLS, run out", "starttls", "old", PASSWORD, RUN_OUT),
    ("STARTTLS, self-signed", "starttls", "self", PASSWORD, UNKNOWN),
    ("no STARTTLS offered", "none", None, PASSWORD, NO_TLS),
    ("TLS from the start, good", "smtps", "good", None, None),
    ("TLS from the start, another name", "smtps", "other", None, OTHER),
    ("TLS from the start, run out", "smtps", "old", None, RUN_OUT),
    ("TLS from the start, self-signed", "smtps", "self", None, UNKNOWN),
    ("no TLS where it should start", "smtps", None, None, NO_TLS),
)


class Certificates:
    """An authority of our own, and certificates good and bad."""

    def __init__(self, directory):
        self.directory = directory
        self.openssl("req", "-x509", *self.key("ca"), "-out", self.file("ca"),
                     "-subj", "/CN=Authority", "-days", "10")
        self.sign("good", HOST)
        self.sign("other", "mail.example")
        self.sign("old", HOST, "faketime", "2020-01-01")
        self.openssl("req", "-x509", *self.key("self"), "-out",
                     self.file("self"), "-subj", f"/CN={HOST}", "-days", "10",
                     "-addext", f"subjectAltName=DNS:{HOST}")

    def file(self, name, kind="pem"):
        return os.path.join(self.directory, f"{name}.{kind}")

    def key(self, name):
        return ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                "-nodes", "-keyout", self.file(name, "key"))

    def openssl(self, *words, before=()):
        subprocess.run([*before, "openssl", *words], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def sign(self, name, host, *before):
        with open(self.file(name, "ext"), "w") as f:
            f.write(f"subjectAltName=DNS:{host}\n")
        self.openssl("req", *self.key(name), "-subj", f"/CN={host}", "-out",
                     self.file(name, "csr"))
        self.openssl("x509", "-req", "-in", self.file(name, "csr"), "-CA",
                     self.file("ca"), "-CAkey", self.file("ca", "key"),
                     "-CAcreateserial", "-days", "10", "-extfile",
                     self.file(name, "ext"), "-out", self.file(name),
                     before=before)

    def context(self, name):
        if name is None:
            return None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.file(name), self.file(name, "key"))
        return context


class Sink:
    """Takes every letter; knows one password."""

    def __init__(self):
        self.reached = []
        self.known = 0          # how often the right password was said

    async def handle_DATA(self, server, session, envelope):
        self.reached += envelope.rcpt_tos
        return "250 taken"

    def authenticate(self, server, session, envelope, mechanism, login):
        right = login.password == PASSWORD.encode()
        self.known += right
        return AuthResult(success=right, handled=False)


class Tap(socketserver.ThreadingTCPServer):
    """Passes on what comes in, and keeps what goes to the server."""

    daemon_threads = True

    def __init__(self, port):
        super().__init__(("127.0.0.1", 0), Passing)
        self.server_port = port
        self.seen = b""
        threading.Thread(target=self.serve_forever, args=(0.05,),
                         daemon=True).start()


class Passing(socketserver.BaseRequestHandler):
    def handle(self):
        with socket.create_connection(
                ("127.0.0.1", self.server.server_port)) as other:
            back = threading.Thread(target=self.pass_back, args=(other,),
                                    daemon=True)
            back.start()
            while data := receive(self.request):
                self.server.seen += data
                other.sendall(data)
            back.join(5)

    def pass_back(self, other):
        try:
            while data := receive(other):
                self.request.sendall(data)
            self.request.shutdown(socket.SHUT_WR)
        except OSError:         # gone before it heard all
            pass


def receive(connection):
    try:
        return connection.recv(65536)
    except OSError:
        return b""


def tells(seen, name, password):
    """What of the letter and the login can be read in SEEN."""
    words = [name.encode(), b"MAIL FROM", b"AUTH"]
    if password is not None:
        words += [password.encode(),
                  base64.b64encode(f"\0us\0{password}".encode())]
    return [word for word in words if word.lower() in seen.lower()]


class Trial:
    def __init__(self, build, directory, tally):
        self.tally = tally
        self.house = House(build, directory)
        self.certificates = Certificates(directory)
        self.house.env["FJOUWER_SMTP_CA"] = self.certificates.file("ca")
        self.slug = furnish(self.house)
        self.house.query(f"UPDATE person SET lang = {ENGLISH};")
        self.house.start()
        self.form = apply_form(self.house, self.slug)
        self.cookie = self.house.sign_in(MANAGER)
        self.house.stop()

    def serve(self, way, certificate):
        """The mail server of a case, with its tap."""
        context = self.certificates.context(certificate)
        sink = Sink()
        server = Controller(
            sink, hostname="127.0.0.1", port=free_port(),
            ssl_context=context if way == "smtps" else None,
            tls_context=context if way == "starttls" else None,
            auth_require_tls=way != "none",
            authenticator=sink.authenticate)
        server.start()
        return sink, server, Tap(server.port)

    def send(self, name, url):
        """The letter's state and failure, and the manager's page of it."""
        house = self.house
        house.query("DELETE FROM outbox;")
        house.env["FJOUWER_SMTP"] = url
        house.start()
        house.post(self.form, application(name))
        end = time.monotonic() + 20
        while time.monotonic() < end:
            rows = house.query("SELECT state, failure FROM outbox "
                               "WHERE state = 2 OR failure <> '';")
            if rows:
                break
            time.sleep(0.05)
        page = house.get(f"/{self.slug}/mail", {"Cookie": self.cookie})[2]
        house.stop()
        return rows[0] if rows else ["", "nothing in 20 seconds"], page

    def case(self, number, why, way, certificate, password, obstacle):
        name = f"tls{number}"
        sink, server, tap = self.serve(way, certificate)
        scheme = "smtps" if way == "smtps" else "smtp"
        login = f"us:{password}@" if password else ""
        (state, failure), page = self.send(
            name, f"{scheme}://{login}{HOST}:{tap.server_address[1]}")
        tap.shutdown()
        server.stop()
        check = self.tally.check
        check(f"{why}: nothing is told in clear",
              not tells(tap.seen, name, password),
              tells(tap.seen, name, password))
        if obstacle is None:
            check(f"{why}: it arrives", state == "2" and sink.reached ==
                  [f"{name}@example.org"], failure)
            check(f"{why}: signed in where asked",
                  sink.known == (password is not None))
        else:
            check(f"{why}: it does not arrive", not sink.reached)
            check(f"{why}: it waits, and says why",
                  (state, failure) == ("0", obstacle), (state, failure))
            check(f"{why}: the manager reads why", obstacle.encode() in page)

    def control(self):
        """A server that is this machine needs no TLS, and the tap hears."""
        sink, server, tap = self.serve("none", None)
        (state, failure), _ = self.send(
            "control", f"smtp://127.0.0.1:{tap.server_address[1]}")
        tap.shutdown()
        server.stop()
        self.tally.check("control: to this machine it goes in clear",
                         state == "2" and sink.reached, failure)
        self.tally.check("control: what goes in clear is seen",
                         len(tells(tap.seen, "control", None)) == 2)


def main():
    tally = Tally()
    logging.disable()           # handshakes that fail are what is tried
    with tempfile.TemporaryDirectory(prefix="fjouwer-tls-") as directory:
        trial = Trial(sys.argv[1], directory, tally)
        trial.control()
        for number, case in enumerate(CASES):
            trial.case(number, *case)
    return tally.end()


sys.exit(main())
