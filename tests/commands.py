#!/usr/bin/env python3
"""The commands, as an operator calls them: usage: commands.py FJOUWER"""

import http.client
import json
import os
import re
import resource
import signal
import socket
import socketserver
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.parse

PROGRAM = os.path.abspath(sys.argv.pop(1))
COMMANDS = ["serve", "demo", "user", "signin-link", "migrate", "backup",
            "restore", "audit", "doctor", "routes"]


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Refuser(socketserver.StreamRequestHandler):
    """A mail server that knows nobody."""

    def handle(self):
        self.wfile.write(b"220 here\r\n")
        for line in self.rfile:
            self.wfile.write(b"550 nobody of that name\r\n"
                             if line.startswith(b"RCPT") else b"250 ok\r\n")


class Commands(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.TemporaryDirectory()
        self.data = os.path.join(self.dir.name, "data")
        self.env = {"PATH": os.environ["PATH"], "FJOUWER_DATA": self.data}
        self.server = None

    def tearDown(self):
        if self.server is not None:
            self.stop()
        self.dir.cleanup()

    def call(self, *words):
        done = subprocess.run([PROGRAM, *words], env=self.env, text=True,
                              capture_output=True, timeout=60)
        return done.returncode, done.stdout, done.stderr

    def serve(self):
        port = free_port()
        self.env["FJOUWER_LISTEN"] = f"127.0.0.1:{port}"
        self.log = open(os.path.join(self.dir.name, "log"), "w+")
        self.server = subprocess.Popen([PROGRAM, "serve"], env=self.env,
                                       stderr=self.log)
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                return
            except OSError:
                time.sleep(0.02)
        self.fail("the server does not answer")

    def wait_for_log(self, pattern):
        for _ in range(200):
            with open(self.log.name) as f:
                text = f.read()
            if re.search(pattern, text):
                return text
            time.sleep(0.02)
        self.fail(f"the log never says {pattern}")

    def stop(self):
        self.server.send_signal(signal.SIGTERM)
        status = self.server.wait(20)
        self.server = None
        self.log.seek(0)
        text = self.log.read()
        self.log.close()
        return status, text

    def test_help_of_each_command(self):
        for command in COMMANDS:
            status, out, err = self.call(command, "--help")
            self.assertEqual((status, err), (0, ""), command)
            self.assertIn(f"usage: fjouwer {command}", out)
        self.assertEqual(self.call("--help")[0], 0)

    def test_called_wrongly(self):
        for words in ([], ["nothing"], ["signin-link"], ["restore"],
                      ["user"], ["user", "add", "x"], ["audit"],
                      ["routes", "x"], ["demo", "x"], ["migrate", "x"]):
            status, out, err = self.call(*words)
            self.assertEqual((status, out), (2, ""), words)
            self.assertNotEqual(err, "")

    def test_a_key_that_was_written_in_part_is_made_anew(self):
        def leave_no_room():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (16, 16))

        subprocess.run([PROGRAM, "demo"], env=self.env, timeout=60,
                       capture_output=True, preexec_fn=leave_no_room,
                       restore_signals=False)
        self.assertFalse(os.path.exists(f"{self.data}/key"))
        self.call("demo")
        self.assertEqual(os.path.getsize(f"{self.data}/key"), 32)

    def test_demo_once(self):
        self.assertEqual(self.call("demo")[0], 0)
        status, _, err = self.call("demo")
        self.assertEqual(status, 1)
        self.assertIn("already", err)

    def test_what_is_on_disk_is_the_owners_alone(self):
        self.call("demo")
        for name in os.listdir(self.data):
            path = os.path.join(self.data, name)
            self.assertEqual(stat.S_IMODE(os.stat(path).st_mode) & 0o077,
                             0, name)

    def test_signin_link_with_and_without_a_server(self):
        self.call("demo")
        address = r"http://localhost:\d+/sign-in/link/\S{43}\n"
        status, out, _ = self.call("signin-link", "femke@fjouwer.example")
        self.assertEqual(status, 0)
        self.assertRegex(out, address)
        self.serve()
        status, out, _ = self.call("signin-link", "femke@fjouwer.example")
        self.assertEqual(status, 0)
        self.assertRegex(out, address)
        status, out, err = self.call("signin-link", "nobody@x.example")
        self.assertEqual((status, out), (1, ""))
        self.assertIn("no such user", err)

    def test_user_add_prints_a_number(self):
        self.call("demo")
        status, out, err = self.call(
            "user", "add", "Hiltje", "hiltje@x.example",
            "--programme", "fryslan", "--role", "office")
        self.assertEqual(status, 0, err)
        self.assertEqual(self.call("signin-link", out.strip())[0], 0)
        status, out, err = self.call(
            "user", "add", "Hiltje", "h2@x.example",
            "--programme", "nergens", "--role", "office")
        self.assertEqual((status, out), (1, ""))

    def test_a_second_server_is_refused(self):
        self.serve()
        second = dict(self.env, FJOUWER_LISTEN=f"127.0.0.1:{free_port()}")
        done = subprocess.run([PROGRAM, "serve"], env=second, text=True,
                              capture_output=True, timeout=20)
        self.assertEqual(done.returncode, 1)
        self.assertIn("already", done.stderr)

    def test_an_empty_site_says_where_to_begin(self):
        self.serve()
        status, log = self.stop()
        self.assertEqual(status, 0)
        self.assertRegex(log, r"/begin/\S{43}\n")

    def begin(self, address, slug):
        """The answer to the form at an address that a start has told."""
        c = http.client.HTTPConnection(self.env["FJOUWER_LISTEN"], timeout=20)
        c.request("POST", urllib.parse.urlparse(address).path,
                  urllib.parse.urlencode({
                      "programme": "Groep", "slug": slug, "name": "Femke",
                      "email": "femke@x.example"}),
                  {"Content-Type": "application/x-www-form-urlencoded"})
        status = c.getresponse().status
        c.close()
        return status

    def test_only_one_address_to_begin_at_makes_a_programme(self):
        self.serve()
        log = self.stop()[1]
        self.serve()
        first = re.search(r"http\S+/begin/\S{43}", log).group()
        log = self.wait_for_log(r"/begin/\S{43}\n")
        second = re.search(r"http\S+/begin/\S{43}", log).group()
        self.assertEqual(self.begin(second, "one"), 303)
        self.assertEqual(self.begin(first, "two"), 409)

    def test_backup_while_serving_and_restore(self):
        self.call("demo")
        self.serve()
        file = os.path.join(self.dir.name, "copy.db")
        status, out, err = self.call("backup", file)
        self.assertEqual((status, out), (0, file + "\n"), err)
        before = re.search(r"row hash (\w+)", err).group(1)
        self.assertEqual(self.call("restore", file, "--over")[0], 1)
        self.stop()
        self.assertEqual(self.call("restore", file)[0], 1)
        status, out, err = self.call("restore", file, "--over")
        self.assertEqual((status, out.strip()), (0, before), err)

    def test_a_damaged_database_is_refused_in_plain_words(self):
        self.call("demo")
        path = os.path.join(self.data, "fjouwer.db")
        with open(path, "r+b") as f:
            f.seek(4096 * 3)
            f.write(b"\x5a" * 4096 * 4)
        status, _, err = self.call("serve")
        self.assertEqual(status, 1)
        self.assertIn("damaged", err)

    def test_audit_verify_names_the_row_that_was_changed(self):
        self.call("demo")
        status, out, _ = self.call("audit", "verify")
        self.assertEqual(status, 0)
        self.assertIn("whole", out)
        db = sqlite3.connect(os.path.join(self.data, "fjouwer.db"))
        with db:
            db.execute("UPDATE audit SET what = 'nothing' WHERE number = 7")
        db.close()
        status, out, _ = self.call("audit", "verify")
        self.assertEqual(status, 1)
        self.assertIn("row 7 ", out)

    def test_doctor_and_routes_are_json(self):
        self.call("demo")
        found = json.loads(self.call("doctor", "--json")[1])
        self.assertIn("database", [f["what"] for f in found])
        routes = json.loads(self.call("routes", "--json")[1])
        self.assertGreater(len(routes), 30)
        for route in routes:
            self.assertTrue(route["permission"] and route["help"], route)

    def test_doctor_misses_the_file_that_vouches_for_the_mail_server(self):
        self.call("demo")
        self.env["FJOUWER_SMTP"] = "smtp://mail.example"
        self.env["FJOUWER_SMTP_CA"] = os.path.join(self.data, "none.pem")
        found = json.loads(self.call("doctor", "--json")[1])
        says = {f["what"]: f["says"] for f in found}
        self.assertIn("FJOUWER_SMTP_CA cannot be read", says["mail"])

    def query(self, sql):
        """Rows, while no server runs."""
        db = sqlite3.connect(os.path.join(self.data, "fjouwer.db"))
        with db:
            rows = db.execute(sql).fetchall()
        db.close()
        return rows

    def test_a_code_that_was_refused_keeps_no_later_one_back(self):
        self.call("demo")
        self.query("INSERT INTO outbox (programme, id, kind, object,"
                   " recipient, lang, subject, body_text, body_html,"
                   " created_at, not_before, state) SELECT id, id + 1, '', 1,"
                   " 'a@x.example', 0, '', '', '', 1, 1, 0 FROM (SELECT 0"
                   " AS id UNION SELECT id FROM programme)")
        last = self.query("SELECT MAX(id) + 1 FROM programme")[0][0]
        with socketserver.ThreadingTCPServer(("127.0.0.1", 0),
                                             Refuser) as mail:
            threading.Thread(target=mail.serve_forever, daemon=True).start()
            self.env["FJOUWER_SMTP"] = \
                f"smtp://127.0.0.1:{mail.server_address[1]}"
            self.serve()
            self.wait_for_log(f'not sent","letter":{last},')
            self.stop()
            mail.shutdown()
        self.assertEqual(self.query("SELECT state FROM outbox WHERE id = 1"),
                         [(3,)])
        refused = self.query("SELECT programme FROM suppression")
        self.assertTrue(refused)
        self.assertNotIn((0,), refused)

    def test_an_altered_past_is_not_served(self):
        self.call("demo")
        db = sqlite3.connect(os.path.join(self.data, "fjouwer.db"))
        with db:
            db.execute("UPDATE migration SET checksum = '0' "
                       "WHERE number = 1")
        db.close()
        status, _, err = self.call("serve")
        self.assertEqual(status, 1)
        self.assertIn("migration 1 is not the one that was applied", err)
        found = json.loads(self.call("doctor", "--json")[1])
        self.assertIn("wrong", [f["verdict"] for f in found
                                if f["what"] == "database"])

    def test_migrate_is_done_once(self):
        status, out, _ = self.call("migrate")
        self.assertEqual(status, 0)
        level = out.split(" -> ")[1].strip()
        self.assertEqual(self.call("migrate")[1], f"{level} -> {level}\n")


if __name__ == "__main__":
    unittest.main()
