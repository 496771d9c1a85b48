package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.ClrException;
import io.ccrelay.policy.expression.value.DateTime;
import io.ccrelay.policy.expression.value.TimeSpan;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;

/**
 * {@code TimeZoneInfo}, by the rules of the time zone database: zones have its names, and the
 * commonest of those that Windows gives them. Local time is UTC.
 */
final class ZoneMembers {

  private static final Map<String, String> WINDOWS =
      Map.ofEntries(
          Map.entry("UTC", "UTC"),
          Map.entry("GMT Standard Time", "Europe/London"),
          Map.entry("W. Europe Standard Time", "Europe/Berlin"),
          Map.entry("Romance Standard Time", "Europe/Paris"),
          Map.entry("Central Europe Standard Time", "Europe/Budapest"),
          Map.entry("Central European Standard Time", "Europe/Warsaw"),
          Map.entry("E. Europe Standard Time", "Europe/Chisinau"),
          Map.entry("FLE Standard Time", "Europe/Kyiv"),
          Map.entry("GTB Standard Time", "Europe/Bucharest"),
          Map.entry("Russian Standard Time", "Europe/Moscow"),
          Map.entry("Turkey Standard Time", "Europe/Istanbul"),
          Map.entry("Eastern Standard Time", "America/New_York"),
          Map.entry("Central Standard Time", "America/Chicago"),
          Map.entry("Mountain Standard Time", "America/Denver"),
          Map.entry("Pacific Standard Time", "America/Los_Angeles"),
          Map.entry("E. South America Standard Time", "America/Sao_Paulo"),
          Map.entry("India Standard Time", "Asia/Kolkata"),
          Map.entry("China Standard Time", "Asia/Shanghai"),
          Map.entry("Singapore Standard Time", "Asia/Singapore"),
          Map.entry("Tokyo Standard Time", "Asia/Tokyo"),
          Map.entry("Arabian Standard Time", "Asia/Dubai"),
          Map.entry("AUS Eastern Standard Time", "Australia/Sydney"),
          Map.entry("New Zealand Standard Time", "Pacific/Auckland"),
          Map.entry("South Africa Standard Time", "Africa/Johannesburg"));

  private ZoneMembers() {}

  /** A zone under the name that it was asked for by. */
  record Zone(String id, ZoneId rules) {
    static final Zone UTC = new Zone("UTC", ZoneOffset.UTC);

    @Override
    public String toString() {
      return id;
    }
  }

  static void fill() {
    Types.declare("System", "TimeZoneInfo", Zone.class)
        .constant("Utc", "TimeZoneInfo", a -> Zone.UTC)
        .constant("Local", "TimeZoneInfo", a -> Zone.UTC)
        .function("FindSystemTimeZoneById", 1, 1, "TimeZoneInfo", a -> zone(a.text(0)))
        .function("ConvertTimeFromUtc", 2, 2, "DateTime", a -> moved(a, Zone.UTC, zone(a, 1)))
        .function(
            "ConvertTimeToUtc",
            1,
            2,
            "DateTime",
            a -> moved(a, a.has(1) ? zone(a, 1) : Zone.UTC, Zone.UTC))
        .function(
            "ConvertTime",
            2,
            3,
            "DateTime",
            a -> moved(a, a.has(2) ? zone(a, 1) : Zone.UTC, zone(a, a.size() - 1)))
        .function(
            "ConvertTimeBySystemTimeZoneId",
            2,
            2,
            "DateTime",
            a -> moved(a, Zone.UTC, zone(a.text(1))))
        .property("Id", "string", a -> a.self(Zone.class).id())
        .property("DisplayName", "string", a -> a.self(Zone.class).id())
        .property("StandardName", "string", a -> a.self(Zone.class).id())
        .property("BaseUtcOffset", "TimeSpan", ZoneMembers::base)
        .property("SupportsDaylightSavingTime", "bool", a -> !rules(a).getRules().isFixedOffset())
        .method("GetUtcOffset", 1, 1, "TimeSpan", ZoneMembers::offset)
        .method("IsDaylightSavingTime", 1, 1, "bool", ZoneMembers::isSummer)
        .inherits(Types.OBJECT);
  }

  private static ZoneId rules(Args a) {
    return a.self(Zone.class).rules();
  }

  private static Zone zone(Args a, int index) {
    return a.as(index, Zone.class);
  }

  private static Zone zone(String id) {
    try {
      return new Zone(id, ZoneId.of(WINDOWS.getOrDefault(id, id)));
    } catch (DateTimeException none) {
      throw new ClrException(
          "TimeZoneNotFoundException", "The time zone ID '" + id + "' was not found.");
    }
  }

  private static DateTime moved(Args a, Zone from, Zone to) {
    LocalDateTime there =
        a.date(0).local().atZone(from.rules()).withZoneSameInstant(to.rules()).toLocalDateTime();
    return DateTime.of(there, to.equals(Zone.UTC) ? DateTime.Kind.UTC : DateTime.Kind.UNSPECIFIED);
  }

  private static TimeSpan span(ZoneOffset offset) {
    return new TimeSpan(offset.getTotalSeconds() * TimeSpan.SECOND);
  }

  private static TimeSpan base(Args a) {
    return span(rules(a).getRules().getStandardOffset(a.frame.context.now()));
  }

  private static TimeSpan offset(Args a) {
    return span(a.date(0).local().atZone(rules(a)).getOffset());
  }

  private static boolean isSummer(Args a) {
    var moment = a.date(0).local().atZone(rules(a)).toInstant();
    return rules(a).getRules().isDaylightSavings(moment);
  }
}
