#!/usr/bin/env python3
"""A stand-in for Fjouwer that answers before it commits: crash.py's control.

It understands `demo` and `serve` and as much of the form as crash.py uses.
Rows wait in memory for a moment, so that a kill must lose promised ones.
"""
import http.server
import os
import sqlite3
import sys
import threading
import time
import urllib.parse

FILE = os.environ["FJOUWER_DATABASE"].removeprefix("sqlite:")
WAITING = []
SCHEMA = """
CREATE TABLE programme (id INTEGER, slug TEXT, network_daily INTEGER);
CREATE TABLE application (programme INTEGER, id INTEGER PRIMARY KEY,
	name TEXT, received_at INTEGER);
CREATE TABLE promise (programme INTEGER, application INTEGER);
CREATE TABLE outbox (programme INTEGER, object INTEGER, kind TEXT);
INSERT INTO programme VALUES (1, 'test', 20);
"""


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, status, body=b""):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.answer(200, b"")

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        fields = urllib.parse.parse_qs(self.rfile.read(length).decode())
        WAITING.append((fields["name"][0], int(time.time() * 1000000)))
        self.answer(303)

    def log_message(self, *args):
        pass


def write_slowly():
    db = sqlite3.connect(FILE)
    while True:
        time.sleep(0.05)
        rows = [WAITING.pop(0) for _ in range(len(WAITING))]
        for name, at in rows:
            row = db.execute("INSERT INTO application (programme, name, "
                             "received_at) VALUES (1, ?, ?)", (name, at))
            db.execute("INSERT INTO promise VALUES (1, ?)", (row.lastrowid,))
            db.execute("INSERT INTO outbox VALUES (1, ?, "
                       "'application received')", (row.lastrowid,))
        db.commit()


if sys.argv[1] == "demo":
    sqlite3.connect(FILE).executescript(SCHEMA)
else:
    threading.Thread(target=write_slowly, daemon=True).start()
    host, port = os.environ["FJOUWER_LISTEN"].split(":")
    http.server.ThreadingHTTPServer((host, int(port)),
                                    Handler).serve_forever()
