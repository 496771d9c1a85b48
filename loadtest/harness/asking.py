"""Requests of one client, and how long their answers take."""
import http.client
import json
import socket
import sys


HEADERS = {"content-type": "application/json", "x-api-key": "load-test-key", "anthropic-version": "2023-06-01"}


def body(stream=False, prompt="load"):
    """A request of 1 to 2 KB as a client library sends it."""
    return json.dumps(
        {
            "model": "claude-sonnet-4-5",
            "max_tokens": 1024,
            "temperature": 0,
            "system": [{"type": "text", "text": "You are terse. " * 40}],
            "messages": [{"role": "user", "content": f"{prompt}: " + "Say it again. " * 40}],
            **({"stream": True} if stream else {}),
        },
        separators=(",", ":"),
    )


def post(connection, payload, extra=None):
    connection.request("POST", "/v1/messages", payload, {**HEADERS, **(extra or {})})
    answer = connection.getresponse()
    data = answer.read()
    if answer.status != 200:
        sys.exit(f"status {answer.status}: {data[:300]}")
    return data


def kept_connection(port):
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.connect()
    connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def percentiles(values):
    ordered = sorted(values)
    return ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
