package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.ClrException;
import io.ccrelay.policy.expression.value.DateReader;
import io.ccrelay.policy.expression.value.DateTime;
import io.ccrelay.policy.expression.value.DateTime.Kind;
import io.ccrelay.policy.expression.value.DateTimeOffset;
import io.ccrelay.policy.expression.value.TimeSpan;

/** {@code System.DateTimeOffset}. */
final class OffsetMembers {

  private OffsetMembers() {}

  static void fill(ClrType type) {
    CalendarMembers.fill(
        type,
        a -> a.self(DateTimeOffset.class).clock(),
        "DateTimeOffset",
        (before, after) -> new DateTimeOffset(after, ((DateTimeOffset) before).offsetMinutes()));
    ofInstances(type);
    constants(type);
    functions(type);
    type.constructor(1, 8, OffsetMembers::create).inherits(Types.OBJECT);
  }

  private static void ofInstances(ClrType type) {
    type.property("DateTime", "DateTime", a -> offset(a).clock())
        .property("UtcDateTime", "DateTime", a -> offset(a).utc())
        .property("LocalDateTime", "DateTime", a -> offset(a).utc().as(Kind.LOCAL))
        .property("Date", "DateTime", a -> DateMembers.day(offset(a).clock()))
        .property(
            "Offset", "TimeSpan", a -> new TimeSpan(offset(a).offsetMinutes() * TimeSpan.MINUTE))
        .property("UtcTicks", "long", a -> offset(a).utc().ticks())
        .method("ToUnixTimeSeconds", 0, 0, "long", a -> offset(a).unixSeconds())
        .method("ToUnixTimeMilliseconds", 0, 0, "long", a -> offset(a).unixMilliseconds())
        .method("ToUniversalTime", 0, 0, "DateTimeOffset", a -> offset(a).at(0))
        .method("ToLocalTime", 0, 0, "DateTimeOffset", a -> offset(a).at(0))
        .method(
            "ToOffset",
            1,
            1,
            "DateTimeOffset",
            a -> offset(a).at((int) a.span(0).total(TimeSpan.MINUTE)))
        .method("Subtract", 1, 1, "", a -> Operators.apply('-', offset(a), a.some(0)))
        .method("CompareTo", 1, 1, "int", a -> offset(a).compareTo(Casts.offset(a.some(0))));
  }

  private static void constants(ClrType type) {
    type.constant("UtcNow", "DateTimeOffset", a -> DateTimeOffset.of(a.frame.context.now()))
        .constant("Now", "DateTimeOffset", a -> DateTimeOffset.of(a.frame.context.now()))
        .constant("MinValue", "DateTimeOffset", a -> Defaults.of(type))
        .constant(
            "MaxValue",
            "DateTimeOffset",
            a -> new DateTimeOffset(new DateTime(DateTime.LAST, Kind.UTC), 0))
        .constant("UnixEpoch", "DateTimeOffset", a -> unix(0));
  }

  private static void functions(ClrType type) {
    type.function(
            "FromUnixTimeSeconds",
            1,
            1,
            "DateTimeOffset",
            a -> unix(ticks(a.whole(0), TimeSpan.SECOND)))
        .function(
            "FromUnixTimeMilliseconds",
            1,
            1,
            "DateTimeOffset",
            a -> unix(ticks(a.whole(0), TimeSpan.MILLISECOND)))
        .function("Parse", 1, 3, "DateTimeOffset", OffsetMembers::parse)
        .function("ParseExact", 3, 4, "DateTimeOffset", OffsetMembers::parse)
        .function(
            "TryParse",
            2,
            4,
            "bool",
            a -> a.triedText(DateReader::dateTimeOffset, Defaults.of(type)));
  }

  private static DateTimeOffset offset(Args a) {
    return a.self(DateTimeOffset.class);
  }

  private static long ticks(long count, long unit) {
    if (Math.abs((double) count * unit) > DateTime.LAST) {
      throw ClrException.range(
          "Valid values are between -62135596800 and 253402300799, inclusive.");
    }
    return count * unit;
  }

  private static DateTimeOffset unix(long ticks) {
    return new DateTimeOffset(new DateTime(DateTime.EPOCH, Kind.UTC).plus(ticks), 0);
  }

  private static DateTimeOffset parse(Args a) {
    DateTimeOffset date = DateReader.dateTimeOffset(a.text(0));
    if (date == null) {
      throw ClrException.format("String was not recognized as a valid DateTime.");
    }
    return date;
  }

  private static DateTimeOffset create(Args a) {
    int last = a.size() - 1;
    int minutes = last > 0 ? (int) a.span(last).total(TimeSpan.MINUTE) : 0;
    DateTime clock =
        a.get(0) instanceof DateTime date
            ? date
            : last < 2 ? new DateTime(a.whole(0), Kind.UTC) : DateMembers.clock(a, last);
    return new DateTimeOffset(clock, minutes);
  }
}
