#!/usr/bin/env python3
"""Puts one licence question to a switch and prints the answer. Written from docs/wire-profile.md alone.

    comity demo                                         in one terminal; then, in another and the same folder:
    python3 Examples/link-client/ask.py                 ICE asks Washington, and is refused
    python3 Examples/link-client/ask.py CO0010100 TX TXDL00000012X

Arguments: agency ID, state, licence number; --home takes another home, --link another link.
"""
import argparse
import hashlib
import hmac
import json
import secrets
import socket
import struct
import sys

PROFILE = "comity-link/1"


def read_exactly(connection, count):
    data = b""
    while len(data) < count:
        more = connection.recv(count - len(data))
        if not more:
            sys.exit("the switch closed the connection")
        data += more
    return data


def read_frame(connection):
    """One frame: type and payload."""
    (length,) = struct.unpack(">I", read_exactly(connection, 4))
    body = read_exactly(connection, length)
    return body[:1], body[1:]


def write_frame(connection, kind, payload=b""):
    connection.sendall(struct.pack(">I", 1 + len(payload)) + kind + payload)


def sign_on(connection, link, secret):
    kind, challenge = read_frame(connection)
    assert kind == b"C" and len(challenge) == 32, "this is no switch"
    # A session of its own for each run: nothing is remembered between two runs.
    session = "ask-" + secrets.token_hex(8)
    signed = f"{PROFILE}\0{link}\0{session}\0".encode() + challenge
    proof = hmac.new(secret, signed, hashlib.sha256).hexdigest()
    reply = {"profile": PROFILE, "link": link, "session": session, "received": 0, "proof": proof}
    write_frame(connection, b"S", json.dumps(reply).encode())


def ask(connection, message, control):
    """Sends the message as number 1 and returns the first answer that carries its control field."""
    while True:
        kind, payload = read_frame(connection)
        if kind == b"W":
            write_frame(connection, b"M", struct.pack(">QQ", 1, 0) + message)
        elif kind == b"M":
            number, _ = struct.unpack(">QQ", payload[:16])
            write_frame(connection, b"A", struct.pack(">Q", number))
            text = payload[16:].decode()
            if f"*{control}" in text.split("\r\n"):
                return text
        elif kind == b"N":
            notice = json.loads(payload)
            print(f"notice `{notice['code']}`: {notice['why']}; {notice['next']}", file=sys.stderr)
        # "A" and "H" need no reply here: this client is gone before a heartbeat is due.


def main():
    arguments = argparse.ArgumentParser(description="Puts one licence question to a switch.")
    arguments.add_argument("agency", nargs="?", default="DXICE0100")
    arguments.add_argument("state", nargs="?", default="WA")
    arguments.add_argument("licence", nargs="?", default="WDL00000012X")
    arguments.add_argument("--home", default="comity-demo")
    arguments.add_argument("--link", default="desk")
    given = arguments.parse_args()
    with open(f"{given.home}/switch.json") as file:
        listen = json.load(file)["listen"]
    with open(f"{given.home}/links/{given.link}.secret") as file:
        secret = bytes.fromhex(file.read().strip())
    control = secrets.token_hex(5).upper()
    message = f"DQ.{given.agency}.{given.state}.*{control}.TXT\r\nOLN/{given.licence}".encode()
    with socket.create_connection((listen["host"], listen["port"]), timeout=60) as connection:
        sign_on(connection, given.link, secret)
        print(ask(connection, message, control).replace("\r\n", "\n"))
        write_frame(connection, b"B")


main()
