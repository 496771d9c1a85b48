package io.ccrelay.policy.run;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Key;
import io.ccrelay.policy.CachePolicy.CachingType;
import io.ccrelay.policy.CertificateEntity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What a run needs done before it goes on. Each names the {@link Answer} it expects. */
public sealed interface Effect {

  /** Read a slot: {@link Answer.Found}. */
  record Read(Slot slot) implements Effect {}

  /** Write a slot; nobody waits for the end: {@link Answer.Done}. */
  record Write(Slot slot, Bytes value, Duration ttl) implements Effect {}

  /**
   * Find the stored answer to a similar prompt: {@link Answer.Found}.
   *
   * @param maxDistance greatest distance of the two, 0.0 to 1.0
   */
  record LookupSimilar(Prompt prompt, double maxDistance, CachingType cache) implements Effect {}

  /** Write the answer to a prompt, to be found by similar ones: {@link Answer.Done}. */
  record RememberSimilar(Prompt prompt, Write write) implements Effect {}

  /** Empty a slot: {@link Answer.Done} or {@link Answer.CacheFailed}. */
  record Remove(Slot slot) implements Effect {}

  /**
   * Compute a value for all who want it: {@link Answer.Leads}, or {@link Answer.Landed} once
   * another request did, or {@link Answer.Busy} at once.
   *
   * @param waiting whether to wait for another request that computes it
   */
  record Board(Key key, boolean waiting) implements Effect {}

  /** End the flight that this request leads: {@link Answer.Done}. */
  record Land(Key key, Optional<Bytes> value) implements Effect {}

  /** Pay at all counters, or at none if one refuses: {@link Answer.Judged}. */
  record Pay(List<Toll> tolls) implements Effect {}

  /** Enter a lane in which at most so many requests are: {@link Answer.Entered}. */
  record Enter(Key lane, int most) implements Effect {}

  /** Leave a lane: {@link Answer.Done}. */
  record Leave(Key lane) implements Effect {}

  /**
   * Call the backend: {@link Answer.Answered} or {@link Answer.Broken}.
   *
   * @param hold which bodies to receive whole before going on
   * @param own how to call one of the API's own services instead of the URL of {@code call}; empty:
   *     the document chose another one
   */
  record Forward(Outgoing call, Hold hold, Optional<OwnService> own) implements Effect {}

  /**
   * One of the equal services behind the API, whichever it is.
   *
   * @param target path and query below its base URL
   * @param timeout longest wait for the head of the answer, if the document says so
   */
  record OwnService(String target, Optional<Duration> timeout) {}

  /** Which answers are received whole. */
  enum Hold {
    /** None. */
    NONE,
    /** None, but it comes in no coding: whoever counts its tokens reads its end. */
    READABLE,
    /** Those small enough to be stored that are no stream: what they cost is known before. */
    COUNTABLE,
    /** Those small enough to be stored. */
    STORABLE,
    /** Every one, since statements look at it. */
    ALL
  }

  /** Make a call of the document's own: {@link Answer.Answered} or {@link Answer.Broken}. */
  record Send(Outgoing call) implements Effect {}

  /** Make a call and forget it: {@link Answer.Done}. */
  record SendOneWay(Outgoing call) implements Effect {}

  /** Drive all branches at the same time: {@link Answer.Joined}. */
  record Together(List<PolicyRun> branches, boolean any) implements Effect {}

  /** Wait: {@link Answer.Done}. */
  record Delay(Duration time) implements Effect {}

  /** Render a Liquid template: {@link Answer.Text} or {@link Answer.Broken}. */
  record Render(String template, Conversation model, boolean emptyBody) implements Effect {}

  /** Compute what may take long, away from the event loop: {@link Answer.Text} or Broken. */
  record Compute(Supplier<String> work) implements Effect {}

  /** Judge a token: {@link Answer.TokenValid} or {@link Answer.TokenInvalid}. */
  record Validate(String token, TokenRules rules) implements Effect {}

  /** What {@link Validate} asks of a token; all values are computed. */
  record TokenRules(
      boolean requireExpiration,
      boolean requireSignature,
      Duration clockSkew,
      List<String> openIdConfigs,
      List<TokenKey> keys,
      List<TokenKey> decryptionKeys,
      List<String> audiences,
      List<String> issuers) {}

  /** A key of the document; its id is empty if it is for any token. */
  sealed interface TokenKey {

    /** Key identifier (RFC 7517 section 4.5), empty for any. */
    String id();

    /** A shared secret in base64. */
    record Shared(String id, String base64) implements TokenKey {

      /** Without the secret. */
      @Override
      public String toString() {
        return "Shared[" + id + "]";
      }
    }

    /** Modulus and exponent in base64url. */
    record Rsa(String id, String modulus, String exponent) implements TokenKey {}

    /** The key of a certificate. */
    record Certified(String id, CertificateEntity certificate) implements TokenKey {}
  }

  /** Obtain a token for a resource: {@link Answer.Text} or {@link Answer.Broken}. */
  record Identify(String resource, Optional<String> clientId) implements Effect {}

  /** The end of a branch; its last effect. No answer. */
  record Finished() implements Effect {}

  /**
   * Reply; the last effect. No answer.
   *
   * @param settlement what to pay when it is sent
   */
  record Reply(Response response, Settlement settlement) implements Effect {}

  /** What is paid when the reply is sent, or as much of it as was. */
  @FunctionalInterface
  interface Settlement {

    /** The tolls for a reply of which {@code sent} is known. */
    List<Toll> after(Sent sent);
  }

  /**
   * What is known of a reply that is sent.
   *
   * @param bytes of its body
   * @param events server-sent events in it
   * @param tail its last bytes as text
   */
  record Sent(long bytes, long events, String tail) {}
}
