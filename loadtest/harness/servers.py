"""Servers that are measured and compared, each a process on one core."""
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

from harness.machine import HERE, JAR, LOAD_CORE, ROOT, SERVER_CORE, children, free_port, java


class Server:
    """A process of ours on one core, ended by its own id."""

    def __init__(self, name, command, port, core=SERVER_CORE, env=None):
        self.name, self.port = name, port
        self.log = tempfile.NamedTemporaryFile("w+", prefix=f"bench-{name}-", suffix=".log", delete=False)
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            ["taskset", "-c", core, *command],
            stdout=self.log, stderr=subprocess.STDOUT, env={**os.environ, **(env or {})}, start_new_session=True,
        )
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=0.2).close()
                break
            except OSError:
                if self.process.poll() is not None or time.monotonic() - self.started > 30:
                    sys.exit(f"{name} did not start:\n" + pathlib.Path(self.log.name).read_text()[-3000:])
                time.sleep(0.02)

    def rss_mb(self):
        total = 0
        for pid in [self.process.pid, *children(self.process.pid)]:
            try:
                text = pathlib.Path(f"/proc/{pid}/status").read_text()
                total += int(re.search(r"VmRSS:\s+(\d+)", text).group(1))
            except (OSError, AttributeError):
                pass
        return total / 1024

    def cpu_seconds(self):
        """Processor time used so far, children included: steadier than the clock on a shared machine."""
        total = 0
        for pid in [self.process.pid, *children(self.process.pid)]:
            times = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            total += int(times[11]) + int(times[12])
        return total / os.sysconf("SC_CLK_TCK")

    def stop(self):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(40)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
        os.unlink(self.log.name)


def own(kind):
    port = free_port()
    core = SERVER_CORE if kind == "bare" else LOAD_CORE
    command = [java(), "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-XX:+UseSerialGC",
               "-Xmx256m", "-cp", str(JAR), str(HERE / "servers" / "Servers.java"), kind, str(port)]
    return Server(kind, command, port, core)


RELAY_LLM = """
cache: {{responses: {{ttl: 1h, streaming: {streaming}}}}}
providers: [{{name: load, type: anthropic, enabled: true, base_url: 'http://127.0.0.1:{port}'}}]
"""
RELAY_API = """
apis: [{{name: load, path: /, backend: 'http://127.0.0.1:{port}', http_cache: {{max_variants: 64}}}}]
"""
RELAY_BARE_API = """
apis: [{{name: load, path: /, backend: 'http://127.0.0.1:{port}'}}]
"""
RELAY_POLICY = """
apis: [{{name: load, path: /, backend: 'http://127.0.0.1:{port}', policy: {document}}}]
"""
# Every request but the first finds the value: a hit, one condition that is false and one that is true.
POLICY = """
<policies>
  <inbound>
    <cache-lookup-value key="@("preferences-" + context.Request.Headers.GetValueOrDefault("x-user", "nobody"))"
                        variable-name="preferences" default-value="none" />
    <choose>
      <when condition="@((string)context.Variables["preferences"] == "none")">
        <cache-store-value key="@("preferences-" + context.Request.Headers.GetValueOrDefault("x-user", "nobody"))"
                           value="dark" duration="3600" />
      </when>
    </choose>
    <choose>
      <when condition="@((string)context.Variables["preferences"] == "dark" && context.Request.Method == "GET")">
        <set-header name="X-Preferences" exists-action="override">
          <value>@((string)context.Variables["preferences"])</value>
        </set-header>
      </when>
    </choose>
  </inbound>
  <backend><forward-request /></backend>
</policies>
"""


def relay_under(name, upstream_port, settings):
    document = tempfile.NamedTemporaryFile("w", prefix="bench-policy-", suffix=".xml", delete=False)
    document.write(POLICY)
    document.close()
    server = relay(upstream_port, settings=settings, document=document.name)
    server.name = name
    return server


def relay(upstream_port, streaming=False, api=False, settings="", document=""):
    port = free_port()
    conf = tempfile.NamedTemporaryFile("w", prefix="bench-relay-", suffix=".yaml", delete=False)
    conf.write(
        f"server: {{listen: '127.0.0.1:{port}'}}\n"
        f"management: {{listen: ''}}\n"
        "logging: {level: warn}\n"
        + (settings or (RELAY_API if api else RELAY_LLM)).format(
            port=upstream_port, streaming=str(streaming).lower(), document=document)
    )
    conf.close()
    program = os.environ.get("BENCH_RELAY", str(ROOT / "bin" / "cc-relay"))
    return Server("relay", [program, "serve", "--config", conf.name], port)


NGINX_POST = """proxy_cache_methods POST; proxy_cache_key "$uri|$http_x_api_key|$request_body";"""


def nginx(upstream_port, cache=NGINX_POST):
    if not shutil.which("nginx"):
        return None
    port = free_port()
    home = tempfile.mkdtemp(prefix="bench-nginx-")
    os.chmod(home, 0o755)  # started by root, its worker is somebody else
    conf = pathlib.Path(home) / "nginx.conf"
    conf.write_text(f"""
worker_processes 1; daemon off; pid {home}/pid; error_log {home}/error.log;
events {{ worker_connections 1024; }}
http {{
  access_log off; keepalive_requests 100000000;
  client_body_temp_path {home}/body; proxy_temp_path {home}/proxy; fastcgi_temp_path {home}/f; uwsgi_temp_path {home}/u; scgi_temp_path {home}/s;
  proxy_cache_path {home}/cache keys_zone=answers:10m;
  client_body_buffer_size 64k;
  server {{ listen 127.0.0.1:{port};
    location / {{ proxy_pass http://127.0.0.1:{upstream_port}; proxy_cache answers; {cache}
      proxy_cache_valid 200 1h; proxy_http_version 1.1; proxy_set_header Connection ""; }} }}
}}""")
    return Server("nginx", ["nginx", "-c", str(conf), "-p", home], port)


def varnish(upstream_port):
    if not shutil.which("varnishd"):
        return None
    port, home = free_port(), tempfile.mkdtemp(prefix="bench-varnish-")
    return Server("varnish", ["varnishd", "-F", "-j", "none", "-n", home, "-a", f"127.0.0.1:{port}", "-T", "none",
                              "-b", f"127.0.0.1:{upstream_port}", "-s", "malloc,64m", "-t", "3600"], port)
