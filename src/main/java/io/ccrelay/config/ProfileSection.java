package io.ccrelay.config;

import io.ccrelay.policy.Profile;
import io.ccrelay.policy.Profile.AnonymousRate;
import io.ccrelay.policy.Profile.CachedMethod;
import io.ccrelay.policy.Profile.InternalCache;
import io.ccrelay.policy.Profile.MissingVariable;
import io.ccrelay.policy.Profile.QueryKey;
import io.ccrelay.policy.Token;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Reads {@code policies.profile}: how documents are understood where gateways differ. */
final class ProfileSection {

  private ProfileSection() {}

  static Profile read(Section section) {
    Profile defaults = Profile.DEFAULTS;
    var profile =
        new Profile(
            word(section, "query_key", QueryKey.class, defaults.queryKey()),
            word(section, "missing_variable", MissingVariable.class, defaults.missingVariable()),
            word(
                section,
                "rate_limit_without_subscription",
                AnonymousRate.class,
                defaults.anonymousRate()),
            section.flag("honour_request_cache_control", defaults.honourRequestCacheControl()),
            section.flag("respect_backend_cache_control", defaults.respectBackendCacheControl()),
            word(section, "internal_cache", InternalCache.class, defaults.internalCache()),
            methods(section));
    section.finish(UnknownKeys.REFUSED);
    return profile;
  }

  private static Set<CachedMethod> methods(Section section) {
    if (!section.has("methods")) {
      return Profile.DEFAULTS.methods();
    }
    Map<String, CachedMethod> known = words(CachedMethod.class);
    var methods = EnumSet.noneOf(CachedMethod.class);
    for (String name : section.textOrTexts("methods")) {
      CachedMethod method = known.get(name);
      if (method == null) {
        section.problem("methods", Shown.value(name) + " (expected: " + Section.list(known) + ")");
      } else {
        methods.add(method);
      }
    }
    return methods;
  }

  private static <E extends Enum<E> & Token> E word(
      Section section, String key, Class<E> type, E fallback) {
    return section.choice(key, fallback, words(type));
  }

  private static <E extends Enum<E> & Token> Map<String, E> words(Class<E> type) {
    var words = new LinkedHashMap<String, E>();
    Arrays.stream(type.getEnumConstants()).forEach(word -> words.put(word.token(), word));
    return words;
  }
}
