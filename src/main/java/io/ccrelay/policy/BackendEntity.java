package io.ccrelay.policy;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A backend that documents name by its id.
 *
 * @param headers sent with every call, such as a credential
 */
public record BackendEntity(String id, String url, Map<String, String> headers) {

  /** Keeps the order of the headers. */
  public BackendEntity {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** Without the headers. */
  @Override
  public String toString() {
    return "BackendEntity[" + id + ", " + URI.create(url).getHost() + "]";
  }
}
