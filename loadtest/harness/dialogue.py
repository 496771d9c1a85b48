"""Both ends of a relay for the tests of several: connections that are kept, and an upstream that numbers its answers."""
import asyncio
import collections
import json
import re
import time


def request(question, extra=""):
    return json.dumps({
        "model": "claude-sonnet-4-5", "max_tokens": 100, "temperature": 0, "system": "You are terse. " * 40,
        "messages": [{"role": "user", "content": f"{question} " + "Say it again. " * 20}]}).encode(), extra


class Answer(collections.namedtuple("Answer", "status head body millis")):
    @property
    def hit(self):
        return re.search(rb"\r\nx-cc-relay-cache: *hit", self.head, re.I) is not None

    @property
    def serial(self):
        """The number of the upstream's answer: the same serial is the same answer."""
        found = re.search(rb"serial (\d+)", self.body)
        return int(found.group(1)) if found else -1


class Line:
    """Connections to one address that are kept; HTTP/1.1 as far as it is needed here."""

    def __init__(self, host, port):
        self.host, self.port, self.idle = host, port, []

    async def ask(self, method, path, body=b"", extra="", patience=10):
        begun = time.perf_counter()
        kept = bool(self.idle)
        reader, writer = self.idle.pop() if kept else await asyncio.wait_for(
            asyncio.open_connection(self.host, self.port), 2)
        try:
            writer.write(f"{method} {path} HTTP/1.1\r\nHost: {self.host}\r\nContent-Type: application/json\r\n"
                         f"x-api-key: key-of-this-load\r\nanthropic-version: 2023-06-01\r\n{extra}"
                         f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
            head, data = await asyncio.wait_for(self.read(reader), patience)
        except BaseException as failure:
            writer.close()
            closed_meanwhile = isinstance(failure, ConnectionError) or getattr(failure, "partial", None) == b""
            if kept and closed_meanwhile:
                self.forget()
                return await self.ask(method, path, body, extra, patience)
            raise
        if re.search(rb"\r\nconnection: *close", head, re.I):
            writer.close()
        else:
            self.idle.append((reader, writer))
        return Answer(int(head.split()[1]), head, data, (time.perf_counter() - begun) * 1000)

    @staticmethod
    async def read(reader):
        head = await reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"\r\ncontent-length: *(\d+)", head, re.I)
        if length:
            return head, await reader.readexactly(int(length.group(1)))
        data = b""
        while re.search(rb"\r\ntransfer-encoding: *chunked", head, re.I):
            size = int(await reader.readline(), 16)
            data += (await reader.readexactly(size + 2))[:-2]
            if size == 0:
                break
        return head, data

    def forget(self):
        for _, writer in self.idle:
            writer.close()
        self.idle.clear()


class Upstream:
    """Answers every question with a serial number of its own, after 20 ms."""

    calls = 0

    async def start(self, host):
        self.server = await asyncio.start_server(self.serve, host, 0)
        self.origin = "http://%s:%d" % self.server.sockets[0].getsockname()[:2]
        return self

    async def serve(self, reader, writer):
        try:
            while True:
                await Line.read(reader)
                Upstream.calls += 1
                serial = Upstream.calls
                await asyncio.sleep(0.02)
                body = json.dumps({
                    "id": f"msg_{serial}", "type": "message", "role": "assistant", "model": "load",
                    "content": [{"type": "text", "text": f"serial {serial} " + "x" * 1800}],
                    "stop_reason": "end_turn", "stop_sequence": None,
                    "usage": {"input_tokens": 9, "output_tokens": 18}}).encode()
                writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"
                             b"content-length: %d\r\n\r\n" % len(body) + body)
        except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            writer.close()
