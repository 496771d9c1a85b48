package io.ccrelay.policy.run;

import io.ccrelay.http.Fields;
import io.ccrelay.policy.CertificateEntity;
import io.ccrelay.policy.expression.RequestView;
import io.ccrelay.policy.expression.Url;
import io.ccrelay.policy.expression.value.X509;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The request as statements see and change it: the backend's base URL and, below it, path and
 * query. Its body is held, or stays with the client where no statement looks at it. Confined to one
 * context.
 */
public final class Request implements RequestView {

  private final Url originalUrl;
  private final String ipAddress;
  private final Map<String, String> matched;
  private String method;
  private Url base;
  private String path;
  private String query;
  private Fields fields;
  private @Nullable Content body;
  private Map<String, String> backendHeaders = Map.of();
  private Optional<CertificateEntity> identity = Optional.empty();
  private Optional<X509> certificate = Optional.empty();
  private boolean replaced;
  private boolean own = true;

  /**
   * A request as it arrived.
   *
   * @param originalUrl what the client called
   * @param path path below the API's own, with its leading slash
   * @param fields the end-to-end fields
   * @param ipAddress the client's address
   * @param matched parameters of the operation's URL template, decoded
   * @param body what was received, if statements look at it
   */
  public Request(
      String method,
      Url originalUrl,
      Url base,
      String path,
      Fields fields,
      String ipAddress,
      Map<String, String> matched,
      Optional<Content> body) {
    this.method = method;
    this.originalUrl = originalUrl;
    this.base = base;
    this.path = path;
    this.query = originalUrl.queryString();
    this.fields = fields;
    this.ipAddress = ipAddress;
    this.matched = Map.copyOf(matched);
    this.body = body.orElse(null);
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public Url url() {
    String prefix = base.path().endsWith("/") ? cut(base.path()) : base.path();
    return new Url(base.scheme(), base.host(), base.port(), prefix + path, query);
  }

  private static String cut(String path) {
    return path.substring(0, path.length() - 1);
  }

  @Override
  public Url originalUrl() {
    return originalUrl;
  }

  @Override
  public Fields headers() {
    return fields;
  }

  @Override
  public String ipAddress() {
    return ipAddress;
  }

  @Override
  public Map<String, String> matchedParameters() {
    return matched;
  }

  @Override
  public @Nullable Content body() {
    return body;
  }

  /** Whether the body is still the client's, unread by this run. */
  public boolean bodyIsClients() {
    return body == null && !replaced;
  }

  String query() {
    return query;
  }

  void method(String name) {
    method = name;
  }

  /** Path and query below the API's own service; empty if another one was chosen. */
  Optional<String> ownTarget() {
    return own ? Optional.of((path.isEmpty() ? "/" : path) + query) : Optional.empty();
  }

  void base(Url service, Map<String, String> headers) {
    own = false;
    base = service;
    backendHeaders = headers;
  }

  /** With what the relay proves to the backend who it is. */
  Optional<CertificateEntity> identity() {
    return identity;
  }

  void identity(CertificateEntity shown) {
    identity = Optional.of(shown);
  }

  /** The certificate that the client showed. */
  @Override
  public @Nullable X509 certificate() {
    return certificate.orElse(null);
  }

  /** The same of a client that showed {@code its} certificate. */
  public Request of(Optional<X509> its) {
    certificate = its;
    return this;
  }

  /** What the backend gets: the fields, and those that are its own. */
  Fields forwarded() {
    Fields all = fields;
    for (var line : backendHeaders.entrySet()) {
      all = all.with(line.getKey(), line.getValue());
    }
    return all;
  }

  void path(String value) {
    path = value;
  }

  void query(String value) {
    query = value;
  }

  void headers(Fields lines) {
    fields = lines;
  }

  void body(@Nullable Content content) {
    body = content;
    replaced = true;
  }
}
