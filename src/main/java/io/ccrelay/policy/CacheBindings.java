package io.ccrelay.policy;

import io.ccrelay.policy.CachePolicy.CachedValue;
import io.ccrelay.policy.CachePolicy.CachingType;
import io.ccrelay.policy.CachePolicy.DownstreamCaching;
import io.ccrelay.policy.CachePolicy.Lookup;
import io.ccrelay.policy.CachePolicy.LookupValue;
import io.ccrelay.policy.CachePolicy.RemoveValue;
import io.ccrelay.policy.CachePolicy.Store;
import io.ccrelay.policy.CachePolicy.StoreValue;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Reads the caching policies. */
final class CacheBindings {

  static final Map<String, Binding> ALL =
      Map.of(
          "cache-lookup", Binding.in(CacheBindings::lookup, Section.INBOUND),
          "cache-store", Binding.in(CacheBindings::store, Section.OUTBOUND),
          "cache-lookup-value", Binding.everywhere(CacheBindings::lookupValue),
          "cache-store-value", Binding.everywhere(CacheBindings::storeValue),
          "cache-remove-value", Binding.everywhere(CacheBindings::removeValue),
          "cache-value", Binding.everywhere(CacheBindings::cachedValue));

  private CacheBindings() {}

  private static Policy lookup(Form form) {
    return new Lookup(
        form.place(),
        form.value("vary-by-developer", Kind.FLAG),
        form.value("vary-by-developer-groups", Kind.FLAG),
        cachingType(form),
        form.value(
            "downstream-caching-type", Kind.word(DownstreamCaching.class), DownstreamCaching.NONE),
        form.value("must-revalidate", Kind.FLAG, true),
        form.value("allow-private-response-caching", Kind.FLAG, false),
        names(form, "vary-by-header"),
        names(form, "vary-by-query-parameter"));
  }

  /** One name in each child, or several with semicolons between them. */
  private static List<String> names(Form form, String child) {
    return form.children(child).stream()
        .flatMap(one -> {
          String text = one.literalContent(Kind.NAME);
          one.finish();
          return Arrays.stream(text.split(";", -1)).map(String::strip);
        })
        .filter(name -> !name.isEmpty())
        .toList();
  }

  private static Policy store(Form form) {
    form.ignore("caching-mode");
    return new Store(
        form.place(),
        form.value("duration", Kind.COUNT),
        form.value("cache-response", Kind.FLAG, false));
  }

  private static Policy lookupValue(Form form) {
    return new LookupValue(
        form.place(),
        form.value("key", Kind.TEXT),
        form.literal("variable-name", Kind.NAME),
        form.optional("default-value", Kind.ANY),
        cachingType(form));
  }

  private static Policy storeValue(Form form) {
    return new StoreValue(
        form.place(),
        form.value("key", Kind.TEXT),
        form.value("value", Kind.ANY),
        form.value("duration", Kind.COUNT),
        cachingType(form));
  }

  private static Policy removeValue(Form form) {
    return new RemoveValue(
        form.place(),
        form.value("key", Kind.TEXT),
        cachingType(form),
        form.value("fail-on-cache-removal-error", Kind.FLAG, false));
  }

  private static Policy cachedValue(Form form) {
    var values = form.child("value");
    if (values.isEmpty()) {
      form.problem("element value is required");
    }
    var policy =
        new CachedValue(
            form.place(),
            form.value("key", Kind.TEXT),
            form.literal("variable-name", Kind.NAME),
            form.value("expires-after", Kind.COUNT, CachedValue.DEFAULT_EXPIRES_AFTER),
            form.optional("refresh-after", Kind.COUNT),
            form.optional("default-value", Kind.ANY),
            cachingType(form),
            values.map(Form::statements).orElse(List.of()));
    values.ifPresent(Form::finish);
    return policy;
  }

  private static CachingType cachingType(Form form) {
    return form.literal("caching-type", Kind.word(CachingType.class), CachingType.PREFER_EXTERNAL);
  }
}
