"""Adds entries to the journal of a SQLite database, each linked as the service links it: signing in, by nobody.

Written from the description of the chain alone, so that it is a second opinion on it.
Usage: grow_journal.py FILE ENTRIES
"""

import hashlib
import sqlite3
import sys

TAG = b"nachweis/journal/1\n"


def text(value):
    data = value.encode()
    return len(data).to_bytes(8, "big") + data


def main():
    file, entries = sys.argv[1], int(sys.argv[2])
    connection = sqlite3.connect(file)
    position, at, link = connection.execute(
        "SELECT position, at, link FROM journal ORDER BY position DESC LIMIT 1"
    ).fetchone()

    def rows():
        nonlocal position, at, link
        for _ in range(entries):
            position, at = position + 1, at + 1_000
            obj, detail = f"account-{position % 270}", '{"session":"0192900c-a200-775d-b1f1-4612e46e4604"}'
            hashed = TAG + bytes.fromhex(link) + position.to_bytes(8, "big") + at.to_bytes(8, "big", signed=True)
            hashed += b"\0" + text("signed_in") + text(obj) + text(detail) + b"\0"
            link = hashlib.sha256(hashed).hexdigest()
            yield position, at, None, "signed_in", obj, detail, None, link

    connection.executemany(
        "INSERT INTO journal (position, at, actor, action, object, detail, figures_of, link) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        rows(),
    )
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


main()
