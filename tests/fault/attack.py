#!/usr/bin/env python3
"""Attack the running program, as somebody hostile would.

    attack.py BUILD [postgres]

Each attack stands beside its control: the same request without what is
hostile in it, which must work, or the attack would prove nothing.
"""
import base64
import glob
import json
import os
import re
import threading
import time
import urllib.parse

from attacker import (Attack, Browser, FORM_AGE, LEAD, MANAGER, MENTOR,
                      OFFICE, PASSWORD, main, question, totp)


class Rights(Attack):
    def paths(self, method):
        """Each route that asks for a role, on things that are there."""
        own = {":programme": "fryslan", ":box": "sent", ":way": "up",
               ":answer": "yes"}
        for name, table in ((":id", "application"), (":topic", "topic"),
                            (":letter", "outbox")):
            own[name] = self.one(f"SELECT max(id) FROM {table};")
        own[":person"] = self.one("SELECT id FROM person WHERE email = "
                                  f"'{MENTOR}';")
        for r in json.loads(self.house.command("routes", "--json")):
            if r["method"] == method and r["permission"] not in (
                    "everyone", "hold a link", "sign in", "own account",
                    "set up own account"):
                yield "/".join(own.get(s, s) for s in r["path"].split("/"))

    def test_a_page_is_there_only_for_who_may_see_it(self):
        suspended = Browser(self.house).open_link(LEAD)
        self.query("UPDATE membership SET state = 2 WHERE person = (SELECT id"
                   f" FROM person WHERE email = '{LEAD}');")
        comers = [Browser(self.house), self.stranger, suspended,
                  Browser(self.house).open_link("marije@bestuur.example")]
        for path in self.paths("GET"):
            if path.endswith("/live"):
                continue        # never ends
            self.assertIn(self.manager.get(path).status, (200, 404), path)
            for comer in comers[:3] if path.endswith("/today") else comers:
                absent = comer.get("/fryslan/none")
                answer = comer.get(path)
                self.assertEqual(answer.status, 404, path)
                self.assertEqual(answer.text, absent.text, path)

    def test_nobody_else_can_do_it_either(self):
        mentor = Browser(self.house).open_link("akke@mentor.example")
        before = self.dump()
        for comer in (self.stranger, mentor):
            tokens = comer.hidden("/account", "/sign-out")
            for path in self.paths("POST"):
                tokens["_once"] = os.urandom(8).hex()
                self.assertEqual(comer.post(path, tokens).status, 404, path)
        self.assertEqual(self.dump(), before)

    def test_a_foreign_thing_is_absent_in_ones_own_programme(self):
        before = self.dump()
        tokens = self.stranger.hidden("/account", "/sign-out")
        for method in ("GET", "POST"):
            for path in self.paths(method):
                if not re.search(r"\d{6,}", path) or "fryslan" not in path:
                    continue
                path = path.replace("fryslan", "drenthe")
                tokens.update(_once=os.urandom(8).hex(), name_nl="Myn",
                              word="Sei it sels", reason="spam", role="mentor")
                answer = self.stranger.get(path) if method == "GET" else \
                    self.stranger.post(path, tokens)
                self.assertIn(answer.status, (404, 409), path)
        self.assertEqual(self.dump(), before)

    def dump(self):
        """Everything that a stranger must leave as it was."""
        return [self.query(f"SELECT * FROM {t} ORDER BY 1, 2;") for t in (
            "application", "application_step", "promise", "membership",
            "topic", "quiet_span", "programme", "person", "credential")]

    def test_get_changes_nothing(self):
        before = self.dump()
        link = urllib.parse.urlparse(self.house.command(
            "signin-link", MENTOR).split()[-1]).path
        reader = Browser(self.house)
        for path in [*self.paths("GET"), link]:
            for method in ("HEAD", "GET"):
                if path.endswith("/live"):
                    continue
                (reader if path == link else self.manager).ask(method, path)
        self.assertEqual(self.dump(), before)
        self.assertEqual(reader.send(link).status, 303)
        tokens = self.manager.hidden("/fryslan/settings/topics")
        self.manager.post("/fryslan/settings/topics", {
            **tokens, "nl": "Nij", "name_nl": "Nij"})
        self.assertNotEqual(self.dump(), before)


class Forgery(Attack):
    page, fields = "/account", {"name": "Sjoukje", "language": "nl"}

    def name(self):
        return self.one(f"SELECT name FROM person WHERE email = "
                        f"'{MANAGER}';")

    def test_a_form_that_is_not_ours_does_nothing(self):
        good = self.manager.hidden(self.page)
        foreign = self.stranger.hidden(self.page)
        cases = [
            ("no token", {"_token": ""}, {}),
            ("another's token", {"_token": foreign["_token"]}, {}),
            ("from another site", {}, {"Sec_Fetch_Site": "cross-site"}),
            ("from a neighbour", {}, {"Sec_Fetch_Site": "same-site"}),
            ("from nowhere", {}, {"Sec_Fetch_Site": None, "Origin": "null"}),
            ("another origin", {}, {"Sec_Fetch_Site": None,
                                    "Origin": "https://evil.example"}),
            ("as text", {}, {"Content_Type": "text/plain"}),
            ("as JSON", {}, {"Content_Type": "application/json"}),
            ("as parts", {}, {"Content_Type": "multipart/form-data; "
                              "boundary=x"}),
            ("two tokens", {"_token": [good["_token"]] * 2}, {}),
        ]
        before = self.name()
        for why, changes, headers in cases:
            answer = self.manager.post(self.page, {
                **good, **self.fields, **changes}, **headers)
            self.assertIn(answer.status, (400, 403, 415), why)
        self.manager.get(self.page + "?" + urllib.parse.urlencode(
            {**good, **self.fields}))
        self.assertEqual(self.name(), before)
        answer = self.manager.post(self.page, {**good, **self.fields})
        self.assertEqual((answer.status, self.name()), (303, "Sjoukje"))

    def test_eight_at_once_are_one(self):
        b = Browser(self.house, "203.0.113.80")
        fields = question(b, name="Acht Tagelyk")
        time.sleep(FORM_AGE)
        seen = []
        threads = [threading.Thread(target=lambda: seen.append(
            b.post("/fryslan/apply", fields).status)) for _ in range(8)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        self.assertEqual(set(seen), {303})
        self.assertEqual(self.one("SELECT count(*) FROM application WHERE "
                                  "name = 'Acht Tagelyk';"), "1")
        b.post("/fryslan/apply", {**fields, "_once": "another"})
        self.assertEqual(self.one("SELECT count(*) FROM application WHERE "
                                  "name = 'Acht Tagelyk';"), "2")

    def test_one_token_serves_one_form(self):
        """A page of several forms: what was sent by one bars no other."""
        tokens = self.manager.hidden("/fryslan/settings/topics")
        topics = [row[0] for row in self.query(
            "SELECT id FROM topic WHERE retired = 0 ORDER BY id LIMIT 2;")]
        for topic in topics:
            self.manager.post(
                f"/fryslan/settings/topics/{topic}/retire/yes", tokens)
        self.assertEqual(self.one("SELECT count(*) FROM topic WHERE retired "
                                  f"= 1 AND id IN ({','.join(topics)});"),
                         "2")


class Sessions(Attack):
    def test_a_login_set_beforehand_stays_out(self):
        b = Browser(self.house)
        b.jar["__Host-login"] = fixed = "A" * 43
        b.open_link(MENTOR)
        self.assertNotEqual(b.jar["__Host-login"], fixed)
        first = b.jar["__Host-login"]
        b.open_link(MENTOR)
        thief = Browser(self.house)
        for token in (fixed, first):
            thief.jar["__Host-login"] = token
            self.assertFalse(thief.is_in())
        thief.jar["__Host-login"] = b.jar["__Host-login"]
        self.assertTrue(thief.is_in())

    def test_signing_out_ends_it_for_a_copy_too(self):
        b = Browser(self.house).open_link("jelle@mentor.example")
        copy = Browser(self.house)
        copy.jar = dict(b.jar)
        self.assertTrue(copy.is_in())
        b.send("/account", action="/sign-out")
        self.assertFalse(copy.is_in())

    def test_what_the_manager_changes_holds_at_once(self):
        who = Browser(self.house).open_link("ype@mentor.example")
        self.assertEqual(who.get("/fryslan/today").status, 200)
        person = self.one("SELECT id FROM person WHERE email = "
                          "'ype@mentor.example';")
        answer = self.manager.post(f"/fryslan/people/{person}/suspend",
                                   self.manager.hidden(
                                       f"/fryslan/people/{person}"))
        self.assertEqual(answer.status, 303)
        self.assertEqual(who.get("/fryslan/today").status, 404)
        self.assertFalse(who.is_in())

    def test_cookies_can_neither_be_read_nor_carried(self):
        b = Browser(self.house)
        url = self.house.command("signin-link", MENTOR).split()[-1]
        answer = b.send(urllib.parse.urlparse(url).path)
        cookie = [c for c in answer.headers.get_all("Set-Cookie")
                  if c.startswith("__Host-login=")][0]
        for word in ("; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax"):
            self.assertIn(word, cookie)
        self.assertEqual(len(base64.urlsafe_b64decode(
            b.jar["__Host-login"] + "=")), 32)

    def test_unused_it_ends_and_used_it_ends_too(self):
        self.house.stop()
        try:
            for later, is_in in (("119m", True), ("121m", False)):
                self.assertEqual(self.serve_later(later), is_in, later)
        finally:
            self.house.env.pop("LD_PRELOAD", None)
            self.house.start()

    def serve_later(self, later):
        """Whether a manager is still in when the clock is LATER."""
        self.house.env.pop("LD_PRELOAD", None)
        self.house.start()
        b = Browser(self.house).open_link(OFFICE)
        self.assertTrue(b.is_in())
        self.house.stop()
        self.house.env.update(
            LD_PRELOAD=glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")[0],
            FAKETIME=f"+{later}", DONT_FAKE_MONOTONIC="1")
        self.house.start()
        answer = b.is_in()
        self.house.stop()
        return answer


class Guessing(Attack):
    def guess(self, address, network="203.0.113.7"):
        b = Browser(self.house, network)
        return self.sign_in(b, address, "fout wachtwoord")

    def test_known_and_unknown_are_answered_alike(self):
        self.give_password("roelof@mentor.example")
        for page, fields in (("/sign-in", {"password": "fout"}),
                             ("/sign-in/forgotten", {})):
            seen = set()
            for who in ("roelof@mentor.example", "niemand@mentor.example"):
                b = Browser(self.house, "203.0.113.8")
                a = b.send(page, {**fields, "email": who})
                seen.add((a.status, a.location,
                          re.sub("<[^>]*>", "", a.text)))
            self.assertEqual(len(seen), 1, page)
        right = self.sign_in(Browser(self.house), "roelof@mentor.example")
        self.assertEqual(right.location, "/sign-in/step")

    def test_the_eleventh_guess_waits_whatever_is_said_of_the_network(self):
        self.give_password("gerrit@mentor.example")
        for who in ("gerrit@mentor.example", "nobody@mentor.example"):
            for i in range(10):
                self.assertEqual(self.guess(who, f"10.0.0.{i}").status, 422)
            answer = self.guess(who, "10.0.1.1")
            self.assertEqual(answer.status, 429)
            self.assertGreater(int(answer.headers["Retry-After"]), 60)
        right = self.sign_in(Browser(self.house), "gerrit@mentor.example")
        self.assertEqual(right.status, 429)
        self.assertEqual(self.guess("a@mentor.example").status, 422)

    def test_a_network_of_version_six_is_one_guesser(self):
        near, far = "2001:db8:7:1::%x", "2001:db8:7:2::1"
        last = [self.guess(f"n{i}@mentor.example", near % i).status
                for i in range(101)]
        self.assertEqual((set(last[:100]), last[100]), ({422}, 429))
        self.assertEqual(self.guess("n@mentor.example", far).status, 422)

    def test_what_costs_a_hash_is_counted(self):
        """A form refused for its shape must not keep the hashers busy."""
        def seconds(fields):
            b = Browser(self.house, "203.0.113.9")
            sent = b.hidden("/sign-in")
            begin = time.monotonic()
            for _ in range(8):
                sent["_once"] = os.urandom(8).hex()
                b.post("/sign-in", {**sent, **fields})
            return time.monotonic() - begin
        hashed = seconds({"email": "b@mentor.example", "password": "x"})
        for fields in ({"email": MANAGER, "password": ""},
                       {"email": "x", "password": "x"}):
            self.assertLess(seconds(fields) * 3, hashed, fields)

    def test_a_flood_is_held_off_and_costs_no_memory(self):
        answers, stop = [], time.monotonic() + 3
        def flood(i):
            b = Browser(self.house, f"10.1.{i}.1")
            sent = b.hidden("/sign-in")
            while time.monotonic() < stop:
                sent.update(_once=os.urandom(8).hex(), password="x",
                            email=f"{sent['_once']}@mentor.example")
                b.network = f"10.{len(answers) % 250}.{i}.1"
                answers.append(b.post("/sign-in", sent))
        threads = [threading.Thread(target=flood, args=(i,))
                   for i in range(90)]
        for t in threads:
            t.start()
        slowest = 0
        while time.monotonic() < stop:
            begin = time.monotonic()
            self.assertEqual(Browser(self.house).get("/fryslan").status, 200)
            slowest = max(slowest, time.monotonic() - begin)
        for t in threads:
            t.join()
        busy = [a for a in answers if a.status == 503]
        self.assertTrue(busy and all(a.headers["Retry-After"] for a in busy))
        self.assertLess(slowest, 1)
        with open(f"/proc/{self.house.process.pid}/status",
                  encoding="ascii") as f:
            peak = int(re.search(r"VmHWM:\s+(\d+)", f.read()).group(1))
        self.assertLess(peak, 150_000)      # kB; 90 hashes would be 1.7 GB


class Direct(Attack):
    """Without a proxy nobody is believed about where they come from."""
    proxies = ""

    def test_a_forged_network_makes_no_new_guesser(self):
        seen = []
        for i in range(101):
            b = Browser(self.house, f"10.0.{i}.1")
            seen.append(self.sign_in(b, f"f{i}@mentor.example", "x").status)
        self.assertEqual((set(seen[:100]), seen[100]), ({422}, 429))


class SecondStep(Attack):
    def set_up(self, address):
        """A browser that is in, the app's seed, and recovery codes."""
        b = Browser(self.house).open_link(address)
        self.assertEqual(b.send("/account/second-step",
                                action="/account/totp").status, 303)
        seed = re.search(r"<code>([A-Z2-7 ]+)</code>",
                         b.get("/account/totp").text).group(1)
        seed = seed.replace(" ", "")
        b.send("/account/totp", {"code": totp(seed, -1)},
               "/account/totp/confirm")
        page = b.send("/account/recovery").text
        return b, seed, re.findall(r"\b[a-z2-9]{5}-[a-z2-9]{5}\b", page)

    def step(self, address, code):
        b = Browser(self.house)
        self.assertEqual(self.sign_in(b, address).location, "/sign-in/step")
        return b.send("/sign-in/step", {"code": code}), b

    def test_no_code_works_twice_or_at_another_time(self):
        self.give_password(OFFICE)
        _, seed, paper = self.set_up(OFFICE)
        self.assertEqual(len(paper), 10)
        for shift, status in ((-1, 422), (-2, 422), (3, 422), (0, 303),
                              (0, 422), (1, 303), (1, 422)):
            answer, b = self.step(OFFICE, totp(seed, shift))
            self.assertEqual(answer.status, status, shift)
            self.assertEqual(b.is_in(), status == 303)
        for code, status in ((paper[0], 303), (paper[0], 422),
                             (paper[1], 303)):
            self.assertEqual(self.step(OFFICE, code)[0].status, status)

    def test_five_wrong_codes_end_the_step(self):
        self.give_password("fokje@mentor.example")
        b = Browser(self.house)
        self.sign_in(b, "fokje@mentor.example")
        code = self.mail_to("fokje@mentor.example", r"\b(\d{8})\b")
        wrong = "%08d" % ((int(code) + 1) % 10 ** 8)
        for _ in range(5):
            sent = b.hidden("/sign-in/step")
            b.post("/sign-in/step", {**sent, "code": wrong})
        self.assertEqual(b.post("/sign-in/step", {
            **sent, "code": code, "_once": "x"}).location, "/sign-in")
        self.assertFalse(b.is_in())

    def test_a_new_password_skips_no_second_step(self):
        address = "durk@mentor.example"
        first = self.give_password(address)
        self.set_up(address)
        link = self.give_password(address, but=first)
        answer = self.sign_in(Browser(self.house), address)
        self.assertEqual(answer.location, "/sign-in/step")
        self.assertEqual(Browser(self.house).get(link).status, 410)


class Links(Attack):
    def link(self):
        return urllib.parse.urlparse(self.house.command(
            "signin-link", MENTOR).split()[-1]).path

    def test_only_its_own_token_opens_a_door_and_once(self):
        good = self.link()
        token = good.rsplit("/", 1)[1]
        for path in (good[:-1] + ("A" if good[-1] != "A" else "B"),
                     good[:-1], good + "A", good.upper(),
                     "/sign-in/password/" + token, "/begin/" + token,
                     "/fryslan/invitation/" + token,
                     "/fryslan/my-question/" + token):
            b = Browser(self.house)
            for answer in (b.get(path), b.post(path, {"password": PASSWORD})):
                self.assertEqual(answer.status, 404, path)
        b, late = Browser(self.house), Browser(self.house)
        sent = late.hidden(good)
        self.assertEqual(b.send(good).status, 303)
        self.assertEqual(late.post(good, {**sent, "_once": "y"}).status, 410)
        self.assertTrue(b.is_in() and not late.is_in())

    def test_one_of_this_programme_opens_nothing_in_another(self):
        b = Browser(self.house, "203.0.113.30")
        fields = question(b, email="eigen@zilver.example")
        time.sleep(FORM_AGE)
        b.post("/fryslan/apply", fields)
        path = self.mail_to("eigen@zilver.example",
                            r"(/fryslan/my-question/\S{43})")
        self.assertEqual(b.get(path).status, 200)
        other = path.replace("fryslan", "drenthe")
        self.assertEqual(b.get(other).status, 404)
        self.assertEqual(b.post(other, {}).status, 404)
        self.assertEqual(b.post(path, {}, Sec_Fetch_Site="cross-site").status,
                         403)

    def test_another_time_it_is_over(self):
        link = self.link()
        self.query("UPDATE link SET expires_at = 1 WHERE kind = 'sign-in';")
        self.assertEqual(Browser(self.house).get(link).status, 410)


if __name__ == "__main__":
    main()
