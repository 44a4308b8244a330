#!/usr/bin/python3
"""A small sign-on over loopback HTTP: sign_on.py PORT KEYS. With port 0 it chooses one and prints the address.

    GET    /health                            it is up
    POST   /realms/REALM/sessions?user=USER   signs a user on
    GET    /realms/REALM/sessions             who is signed on, a line each
    DELETE /realms/REALM                      forgets the realm
"""

import hashlib
import http.server
import os
import sys
import urllib.parse


def load_keys(path):
    """Keys take a while to derive, once; later starts read them."""
    if not os.path.exists(path):
        key = hashlib.pbkdf2_hmac("sha256", b"a secret of the example", b"salt", 150_000)
        with open(path + ".part", "wb") as file:
            file.write(key)
        os.rename(path + ".part", path)
    with open(path, "rb") as file:
        return file.read()


class SignOn(http.server.BaseHTTPRequestHandler):
    realms = {}

    def log_message(self, *_):
        pass

    def answer(self, code, text=""):
        self.send_response(code)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def realm(self):
        return urllib.parse.urlsplit(self.path).path.split("/")[2]

    def do_GET(self):
        if self.path == "/health":
            return self.answer(200)
        sessions = self.realms.get(self.realm(), [])
        return self.answer(200, f"{len(sessions)} signed on\n" + "".join(user + "\n" for user in sessions))

    def do_POST(self):
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)
        self.realms.setdefault(self.realm(), []).append(query["user"][0])
        self.answer(200)

    def do_DELETE(self):
        self.realms.pop(self.realm(), None)
        self.answer(200)


if __name__ == "__main__":
    load_keys(sys.argv[2])
    server = http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), SignOn)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()
