package io.ccrelay.proxy.api;

import io.ccrelay.cache.Bytes;
import io.ccrelay.http.CacheStatus;
import io.ccrelay.http.Fields;
import io.vertx.core.buffer.Buffer;

/**
 * Who an exchange with the origin is for: one client, or nobody when a response is validated in the
 * background. It hears {@link #head}, any number of {@link #chunk} and {@link #end} or {@link
 * #broken}; or one of {@link #stored} and {@link #refused}. Confined to one context.
 */
interface Audience {

  /** An interim response of the origin (RFC 9110 section 15.2). */
  void interim(int status, Fields fields);

  /** An answer of the origin begins. */
  void head(int status, Fields fields, CacheStatus cacheStatus);

  /** More of its content. */
  void chunk(Buffer chunk);

  /** The content is complete. */
  void end(Fields trailers);

  /** The content broke off. */
  void broken();

  /** A stored response answers. */
  void stored(Held held, Bytes content, boolean validated, CacheStatus cacheStatus);

  /** There is no answer. */
  void refused(int status, String token);

  /** The relay itself failed: nothing more comes, whatever came before. */
  void failed();

  /** Whether it takes no more for now. */
  boolean behind();

  /** Whether it left. */
  boolean isGone();

  /** Nobody: everything is taken and forgotten. */
  Audience NOBODY =
      new Audience() {
        @Override
        public void interim(int status, Fields fields) {}

        @Override
        public void head(int status, Fields fields, CacheStatus cacheStatus) {}

        @Override
        public void chunk(Buffer chunk) {}

        @Override
        public void end(Fields trailers) {}

        @Override
        public void broken() {}

        @Override
        public void stored(Held held, Bytes content, boolean validated, CacheStatus status) {}

        @Override
        public void refused(int status, String token) {}

        @Override
        public void failed() {}

        @Override
        public boolean behind() {
          return false;
        }

        @Override
        public boolean isGone() {
          return false;
        }
      };
}
