package io.ccrelay.policy.expression;

import io.ccrelay.http.Fields;
import io.ccrelay.policy.expression.value.ClrException;
import io.ccrelay.policy.expression.value.X509;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A call for expressions to look at, with everything set by the test. */
final class FakeContext implements PolicyContext {

  static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");

  /** Self-signed, RSA, CN=ada, O=Example; holds from 2026 to 2036. */
  static final X509 CERTIFICATE = certificate();

  final Map<String, Object> variables = new HashMap<>();
  final List<String> traced = new ArrayList<>();
  Asked request = new Asked(Fields.none(), null);
  Answered response = new Answered(200, Fields.none(), null);
  Subscription subscription =
      new Subscription("sub-1", "first", "key-1", "key-1", "key-2", NOW, null, null);
  User user =
      new User(
          "user-1",
          "a@example.org",
          "Ada",
          "L",
          "",
          NOW,
          List.of(new Group("g1", "Team")),
          List.of());
  X509 own = CERTIFICATE;
  LastError lastError;
  private int guids;

  private static X509 certificate() {
    try (var file = FakeContext.class.getResourceAsStream("/expressions/ada.pem")) {
      return X509.pem(new String(file.readAllBytes(), StandardCharsets.US_ASCII)).getFirst();
    } catch (IOException | CertificateException failed) {
      throw new AssertionError(failed);
    }
  }

  FakeContext set(String name, Object value) {
    variables.put(name, value);
    return this;
  }

  FakeContext requestHeaders(String... namesAndValues) {
    request = new Asked(Fields.of(namesAndValues), request.body);
    return this;
  }

  FakeContext requestBody(String body) {
    request = new Asked(request.headers, new Body(body));
    return this;
  }

  FakeContext responseBody(int status, String body) {
    response = new Answered(status, Fields.of("Content-Type", "application/json"), new Body(body));
    return this;
  }

  /** A body that can be read until it is consumed. */
  static final class Body implements MessageBody {
    private final byte[] content;
    private boolean consumed;

    Body(String content) {
      this.content = content.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] read(boolean preserveContent) {
      if (consumed) {
        throw ClrException.operation("consumed");
      }
      consumed = !preserveContent;
      return content;
    }
  }

  /** A response. */
  record Answered(int statusCode, Fields headers, MessageBody body) implements ResponseView {
    @Override
    public String statusReason() {
      return statusCode == 200 ? "OK" : "";
    }
  }

  /** A request. */
  record Asked(Fields headers, MessageBody body) implements RequestView {
    @Override
    public X509 certificate() {
      return CERTIFICATE;
    }

    @Override
    public String method() {
      return "POST";
    }

    @Override
    public Url url() {
      return new Url("https", "backend.example", 443, "/v1/items/7", "?a=1&b=two%20words&a=3");
    }

    @Override
    public Url originalUrl() {
      return new Url("https", "relay.example", 8443, "/shop/items/7", "?a=1");
    }

    @Override
    public String ipAddress() {
      return "192.0.2.7";
    }

    @Override
    public Map<String, String> matchedParameters() {
      return Map.of("id", "7");
    }
  }

  @Override
  public RequestView request() {
    return request;
  }

  @Override
  public ResponseView response() {
    return response;
  }

  @Override
  public Map<String, Object> variables() {
    return variables;
  }

  @Override
  public Api api() {
    return new Api(
        "shop",
        "Shop",
        "shop",
        "2",
        "v1",
        true,
        List.of("https"),
        null,
        "Ocp-Apim-Subscription-Key",
        "subscription-key");
  }

  @Override
  public Operation operation() {
    return new Operation("get-item", "Get item", "GET", "/items/{id}");
  }

  @Override
  public Product product() {
    return null;
  }

  @Override
  public Subscription subscription() {
    return subscription;
  }

  @Override
  public User user() {
    return user;
  }

  @Override
  public Deployment deployment() {
    return new Deployment("West Europe", "svc", "svc", "managed", "i-1", Map.of("own", own));
  }

  @Override
  public LastError lastError() {
    return lastError;
  }

  @Override
  public UUID requestId() {
    return new UUID(1, 2);
  }

  @Override
  public Instant timestamp() {
    return NOW.minusSeconds(2);
  }

  @Override
  public Duration elapsed() {
    return Duration.ofMillis(1500);
  }

  @Override
  public boolean tracing() {
    return false;
  }

  @Override
  public void trace(String message) {
    traced.add(message);
  }

  @Override
  public Instant now() {
    return NOW;
  }

  @Override
  public Entropy entropy() {
    return new Entropy() {
      @Override
      public UUID guid() {
        return new UUID(0x0123456789ABCDEFL, 0xFEDCBA9876543210L + guids++);
      }

      @Override
      public int seed() {
        return 42;
      }
    };
  }
}
