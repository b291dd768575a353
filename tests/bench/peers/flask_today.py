"""Today and the public form as a Flask program: a peer of the bench.

The statements are the program's own, the page is the same; what stands
around the page (HEAD and FOOT, files) is taken as it is, which favours the
peer.  Environment: PEER_DB, PEER_HEAD, PEER_FOOT, PEER_URL.
"""
import datetime
import hashlib
import os
import sqlite3
import threading
import time

from flask import Flask, abort, redirect, render_template, request
from statements import statements

app = Flask(__name__)
own = threading.local()
sql = statements()
STEPS = ((1, "New"), (2, "Spoken to"), (3, "Intake planned"),
         (4, "Intake done"))
TONES = {"Too late": " badge--red", "Today": " badge--yellow",
         "Soon": " badge--yellow", "Later": ""}


def text_of(variable):
    with open(os.environ[variable], encoding="utf-8") as f:
        return f.read()


head, foot = text_of("PEER_HEAD"), text_of("PEER_FOOT")


def reader():
    if not hasattr(own, "reader"):
        own.reader = sqlite3.connect(
            f"file:{os.environ['PEER_DB']}?mode=ro", uri=True)
        own.reader.row_factory = sqlite3.Row
        own.reader.execute("PRAGMA mmap_size = 268435456")
    return own.reader


def writer():
    if not hasattr(own, "writer"):
        own.writer = sqlite3.connect(os.environ["PEER_DB"], timeout=30,
                                     isolation_level=None)
        own.writer.execute("PRAGMA synchronous = FULL")
    return own.writer


def rows(name, **values):
    return reader().execute(sql[name], values).fetchall()


def day_text(day):
    return f"{day:%A} {day.day} {day:%B}"


def due_text(due, today):
    names = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    text = names.get((due - today).days)
    return text or day_text(due) + \
        ("" if due.year == today.year else f" {due.year}")


def nearness(due, today):
    days = (due - today).days
    return "Too late" if days < 0 else "Today" if days == 0 else \
        "Soon" if days <= 2 else "Later"


def task(row, today):
    due = datetime.date.fromisoformat(row["due"])
    near = nearness(due, today)
    contact = row["promise"] == 1
    return {"id": row["id"], "name": row["name"], "venture": row["venture"],
            "place": row["place"], "near": near, "tone": TONES[near],
            "action": "Call" if contact else "Look at it",
            "title": row["name"] + (" has a question" if contact
                                    else " hears how we help"),
            "due": ("call or write by " if contact else "decide by ")
            + due_text(due, today)}


def greeting(hour):
    return "Good morning" if 5 <= hour < 12 else \
        "Good afternoon" if 12 <= hour < 18 else "Good evening"


@app.get("/<slug>/today")
def today(slug):
    token = hashlib.sha256(request.cookies["login"].encode()).digest()
    login = rows("sql_login_find", token=token, now=time.time_ns() // 1000)
    programme = rows("sql_programme_enter", slug=slug)
    if not login or not programme:
        abort(404)
    p = programme[0]["id"]
    roles = rows("sql_membership_of", programme=p, person=login[0]["person"])
    if not any(r["role"] in (1, 2) and r["state"] == 1 for r in roles):
        abort(404)
    now = datetime.datetime.now()
    tasks = rows("sql_application_open", programme=p, most=8)
    states = {r["state"]: r["n"] for r in
              rows("sql_application_count_open", programme=p)}
    due = rows("sql_promise_count_due", programme=p,
               today=now.date().isoformat())[0]
    rows("sql_outbox_list_failed", programme=p, most=26, skip=0)
    return render_template(
        "today.html", head=head, foot=foot, slug=slug,
        base_url=os.environ["PEER_URL"],
        today=f"{day_text(now)} {now.year}", greeting=greeting(now.hour),
        name=login[0]["name"].split()[0],
        tasks=[task(t, now.date()) for t in tasks[:7]], more=len(tasks) > 7,
        steps=[(label, states.get(s, 0)) for s, label in STEPS],
        counts={"open": sum(states.values()), "late": due["late"],
                "today": due["today"]})


@app.post("/<slug>/apply")
def apply(slug):
    f = request.form
    p = rows("sql_programme_enter", slug=slug)[0]["id"]
    now = time.time_ns() // 1000
    key = int.from_bytes(os.urandom(6), "big")
    db = writer()
    db.execute("BEGIN IMMEDIATE")
    for name, more in (
            ("sql_receipt_insert", {"owner": f["_token"],
                                    "token": f["_once"]}),
            ("sql_application_insert", {
                "question": f["question"], "not_in_team": "",
                "over_50": None, "social_enterprise": None,
                "older_customers": None, "name": f["name"], "venture": "",
                "place": f["place"], "email": f["email"],
                "phone": f["phone"], "lang": 0, "channel": 1,
                "entered_by": None, "received_at": now,
                "search": f"{f['name']} {f['place']}".lower()}),
            ("sql_step_insert", {"application": key, "step": 1,
                                 "actor": None, "said": ""}),
            ("sql_promise_insert", {"application": key, "kind": 1,
                                    "due_day": "2030-01-01",
                                    "made_at": now})):
        db.execute(sql[name], {"programme": p, "id": key, "at": now, **more})
    db.execute("COMMIT")
    return redirect(f"/{slug}/apply/thanks", 303)
