package io.ccrelay.testing;

import io.ccrelay.http.CacheRequest;
import io.ccrelay.http.Exchange;
import io.ccrelay.http.Fields;
import io.ccrelay.http.HttpCacheOptions;
import io.ccrelay.http.HttpDate;
import io.ccrelay.http.HttpKey;
import io.ccrelay.http.StoredResponse;
import io.ccrelay.http.Variant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Requests and stored responses around one fixed instant, each with only what a test is about. */
public final class HttpMessages {

  /** When everything was received. */
  public static final Instant THEN = Instant.parse("2026-03-01T12:00:00Z");

  /** {@link #THEN} as a date of HTTP. */
  public static final String DATE = HttpDate.format(THEN);

  /** The options used unless a test says otherwise. */
  public static final HttpCacheOptions OPTIONS = HttpCacheOptions.DEFAULTS;

  /** The key of every request. */
  public static final HttpKey KEY = HttpKey.of("http", "origin.test", "/a/b?c=d");

  private HttpMessages() {}

  /** A date some seconds after {@link #THEN}. */
  public static String date(long secondsAfter) {
    return HttpDate.format(THEN.plusSeconds(secondsAfter));
  }

  /** A GET with alternating names and values. */
  public static CacheRequest get(String... fields) {
    return request("GET", fields);
  }

  /** Any request with alternating names and values. */
  public static CacheRequest request(String method, String... fields) {
    return CacheRequest.of(method, KEY, Fields.of(fields), OPTIONS);
  }

  /** A response just received for {@code request}, with {@code Date} unless given. */
  public static Exchange exchange(CacheRequest request, int status, String... fields) {
    return new Exchange(request, status, Fields.of(fields), THEN, THEN);
  }

  /** A stored 200 of 100 bytes to a GET without fields. */
  public static StoredResponse stored(String... fields) {
    return stored(200, fields);
  }

  /** A stored response of 100 bytes to a GET without fields. */
  public static StoredResponse stored(int status, String... fields) {
    return storedFor(Fields.none(), status, fields);
  }

  /** A stored response of 100 bytes whose selecting fields are {@code selecting}. */
  public static StoredResponse storedFor(Fields selecting, int status, String... fields) {
    var dated = HttpDate.stamp(Fields.of(fields), THEN);
    return new StoredResponse(status, dated, selecting, THEN, THEN, 100, Optional.empty(), false);
  }

  /** A stored 200 as a variant. */
  public static Variant variant(String... fields) {
    return Variant.of(stored(fields), OPTIONS);
  }

  /** A stored 200 made for a request with {@code name: value}, varying by that field. */
  public static Variant variantFor(String name, String value, String... fields) {
    var all = new ArrayList<>(List.of("Vary", name, "Cache-Control", "max-age=60"));
    all.addAll(List.of(fields));
    return Variant.of(storedFor(Fields.of(name, value), 200, all.toArray(String[]::new)), OPTIONS);
  }
}
