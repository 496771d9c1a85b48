"""What hits and policies cost beside other servers."""
import statistics

from harness.asking import body, kept_connection
from harness.servers import RELAY_BARE_API, RELAY_POLICY, nginx, own, relay, relay_under, varnish
from harness.wrk import ROUNDS, SECONDS, against, compare, have_wrk, hits, rounds, wrk_get, wrk_post


def hit():
    if have_wrk("hit"):
        upstream = own("upstream")
        servers = [own("bare"), relay(upstream.port), nginx(upstream.port)]
        rates, costs, _ = hits(upstream, servers, wrk_post(body()), f"Hit throughput, {len(body())} B POST, 2 KB answer")
        against("nginx", "nginx-light", rates, costs)


def get():
    if have_wrk("get"):
        upstream = own("upstream")
        servers = [own("bare"), relay(upstream.port, api=True), nginx(upstream.port, cache=""), varnish(upstream.port)]
        rates, costs, _ = hits(upstream, servers, wrk_get(), "GET hit throughput, 2 KB answer")
        against("nginx", "nginx-light", rates, costs)
        against("varnish", "varnish", rates, costs)


def variants():
    if not have_wrk("variants"):
        return
    upstream = own("upstream")
    server = relay(upstream.port, api=True)
    counts = (1, 10, 50)
    try:
        line = kept_connection(server.port)
        for count in counts:
            for number in range(count):
                line.request("GET", f"/{count}", headers={"x-variant": str(number), "x-load-vary": "x-variant"})
                line.getresponse().read()
        requests = {str(n): wrk_get(f"/{n}", {"x-variant": str(n // 2), "x-load-vary": "x-variant"}) for n in counts}
        measured = rounds({name: server for name in requests}, requests)
    finally:
        server.stop()
        upstream.stop()
    print(f"\nHits with so many variants of the target stored, {ROUNDS} interleaved rounds of {SECONDS} s")
    compare(*measured, "1")


def policy():
    if not have_wrk("policy"):
        return
    upstream = own("upstream")
    servers = [relay_under("bare", upstream.port, RELAY_BARE_API), relay_under("policy", upstream.port, RELAY_POLICY)]
    title = "Passing a GET on, without and with a policy (value-cache hit, two choose), 2 KB answer"
    _, costs, _ = hits(upstream, servers, wrk_get(fields={"x-user": "alice"}), title)
    added = statistics.median(p - b for p, b in zip(costs["policy"], costs["bare"]))
    print(f"the policy costs {added:.1f} us of processor time a request")
