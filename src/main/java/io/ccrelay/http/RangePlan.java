package io.ccrelay.http;

import java.util.List;

/** Which bytes of a stored response answer a request (RFC 9110 section 14). */
public sealed interface RangePlan {

  /** All of it, with the stored status. */
  record Whole() implements RangePlan {}

  /**
   * One part, as 206.
   *
   * @param range the part
   */
  record Part(ContentRange range) implements RangePlan {}

  /**
   * Several parts, as 206 with {@code multipart/byteranges}.
   *
   * @param ranges the parts in the order asked for
   */
  record Parts(List<ContentRange> ranges) implements RangePlan {}

  /**
   * None, as 416.
   *
   * @param total length of the whole in bytes
   */
  record Unsatisfiable(long total) implements RangePlan {

    /** The value of {@code Content-Range}. */
    public String contentRange() {
      return "bytes */" + total;
    }
  }

  /** The one plan to send everything. */
  RangePlan WHOLE = new Whole();

  /**
   * What of {@code response}, a complete 200 or a part that covers the request, is sent. To be
   * asked after the other conditions (RFC 9110 section 13.2.2).
   */
  static RangePlan of(CacheRequest request, StoredResponse response, HttpCacheOptions options) {
    if (!request.fields().has("Range")) {
      return WHOLE;
    }
    boolean divisible = response.status() == 200 || response.part().isPresent();
    if (!divisible || !request.isGet() || !Conditions.rangeApplies(request, response)) {
      return WHOLE;
    }
    long total = response.part().map(ContentRange::total).orElse(response.length());
    return RangeSpec.parse(request.fields()).map(spec -> plan(spec, total, options)).orElse(WHOLE);
  }

  /** Whether {@code request} asks for one range, and that lies in {@code part}. */
  static boolean isWithin(ContentRange part, CacheRequest request) {
    if (!request.isGet()) {
      return false;
    }
    return RangeSpec.parse(request.fields())
        .map(spec -> spec.resolve(part.total()))
        .filter(ranges -> ranges.size() == 1 && part.contains(ranges.getFirst()))
        .isPresent();
  }

  private static RangePlan plan(RangeSpec spec, long total, HttpCacheOptions options) {
    if (spec.count() > options.maxRanges()) {
      return WHOLE;
    }
    var ranges = spec.resolve(total);
    return switch (ranges.size()) {
      case 0 -> new Unsatisfiable(total);
      case 1 -> new Part(ranges.getFirst());
      default -> RangeSpec.overlap(ranges) ? WHOLE : new Parts(ranges);
    };
  }
}
