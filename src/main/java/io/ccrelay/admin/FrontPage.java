package io.ccrelay.admin;

/** What a browser sees first: what is here. */
final class FrontPage {

  private static final String HTML =
      """
      <!doctype html>
      <html lang="en">
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <title>cc-relay</title>
      <style>
        body { font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem }
        td { padding-right: 1.5rem; vertical-align: top }
      </style>
      <h1>cc-relay</h1>
      <p>Version {version}. This is the management listener.</p>
      <table>
        <tr><td><a href="/health/live">/health/live</a><td>whether the process answers
        <tr><td><a href="/health/ready">/health/ready</a><td>whether it wants requests
        <tr><td><a href="/metrics">/metrics</a><td>meters for Prometheus
        <tr><td><a href="/admin/cache/stats">/admin/cache/stats</a><td>hits, misses, tokens saved
        <tr><td><a href="/admin/cache/ping">/admin/cache/ping</a><td>whether the store answers
        <tr><td>/admin/cache/entries/<i>key</i><td>one entry, without its content; <code>DELETE</code> removes it
      </table>
      </html>
      """;

  private FrontPage() {}

  static String of(String version) {
    return HTML.replace("{version}", version.replaceAll("[^A-Za-z0-9.+-]", ""));
  }
}
