package io.ccrelay.policy.expression;

import static io.ccrelay.policy.expression.value.TimeSpan.DAY;

import io.ccrelay.policy.expression.value.ClrException;
import io.ccrelay.policy.expression.value.DateReader;
import io.ccrelay.policy.expression.value.DateTime;
import io.ccrelay.policy.expression.value.DateTime.Kind;
import io.ccrelay.policy.expression.value.DateTimeOffset;
import io.ccrelay.policy.expression.value.TimeSpan;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.YearMonth;

/** {@code System.DateTime}. */
final class DateMembers {

  private DateMembers() {}

  static void fill(ClrType type) {
    CalendarMembers.fill(type, a -> date(a), "DateTime", (before, after) -> after);
    type.property("Kind", "", a -> Enums.dateTimeKind(date(a).kind()))
        .property("Date", "DateTime", a -> day(date(a)))
        .method("Subtract", 1, 1, "", a -> Operators.apply('-', date(a), a.some(0)))
        .method("ToUniversalTime", 0, 0, "DateTime", a -> date(a).as(Kind.UTC))
        .method("ToLocalTime", 0, 0, "DateTime", a -> date(a).as(Kind.LOCAL))
        .method("CompareTo", 1, 1, "int", a -> date(a).compareTo(a.date(0)))
        .method("ToShortDateString", 0, 0, "string", a -> Texts.format(date(a), "d"))
        .method("ToLongDateString", 0, 0, "string", a -> Texts.format(date(a), "D"))
        .method("ToShortTimeString", 0, 0, "string", a -> Texts.format(date(a), "t"))
        .method("ToLongTimeString", 0, 0, "string", a -> Texts.format(date(a), "T"))
        .method("IsDaylightSavingTime", 0, 0, "bool", a -> false)
        .constant("UtcNow", "DateTime", a -> DateTime.of(a.frame.context.now()))
        .constant("Now", "DateTime", a -> DateTime.of(a.frame.context.now()).as(Kind.LOCAL))
        .constant("Today", "DateTime", a -> day(DateTime.of(a.frame.context.now())).as(Kind.LOCAL))
        .constant("MinValue", "DateTime", a -> new DateTime(0, Kind.UNSPECIFIED))
        .constant("MaxValue", "DateTime", a -> new DateTime(DateTime.LAST, Kind.UNSPECIFIED))
        .constant("UnixEpoch", "DateTime", a -> new DateTime(DateTime.EPOCH, Kind.UTC))
        .function("DaysInMonth", 2, 2, "int", DateMembers::daysInMonth)
        .function("IsLeapYear", 1, 1, "bool", a -> Year.isLeap(a.integer(0)))
        .function("SpecifyKind", 2, 2, "DateTime", a -> a.date(0).as(kind(a, 1)))
        .function("Compare", 2, 2, "int", a -> a.date(0).compareTo(a.date(1)))
        .function("Parse", 1, 3, "DateTime", DateMembers::parse)
        .function("ParseExact", 3, 4, "DateTime", DateMembers::parse)
        .function(
            "TryParse",
            2,
            4,
            "bool",
            a ->
                a.tried(
                    a.size() - 1,
                    a.get(0) == null ? null : DateReader.dateTime(a.text(0)),
                    new DateTime(0, Kind.UNSPECIFIED)))
        .constructor(1, 7, DateMembers::create)
        .inherits(Types.OBJECT);
  }

  private static DateTime date(Args a) {
    return a.self(DateTime.class);
  }

  private static Kind kind(Args a, int index) {
    return switch (a.enumeration(index).name()) {
      case "Utc" -> Kind.UTC;
      case "Local" -> Kind.LOCAL;
      default -> Kind.UNSPECIFIED;
    };
  }

  static DateTime day(DateTime date) {
    return new DateTime(date.ticks() - date.ticks() % DAY, date.kind());
  }

  private static int daysInMonth(Args a) {
    try {
      return YearMonth.of(a.integer(0), a.integer(1)).lengthOfMonth();
    } catch (DateTimeException none) {
      throw unrepresentable();
    }
  }

  private static DateTime parse(Args a) {
    DateTime date = DateReader.dateTime(a.text(0));
    if (date == null) {
      throw ClrException.format("String was not recognized as a valid DateTime.");
    }
    return date;
  }

  private static DateTime create(Args a) {
    boolean ofTicks = a.size() <= 2;
    boolean kind = a.isEnum(a.size() - 1, "DateTimeKind");
    Kind of = kind ? kind(a, a.size() - 1) : Kind.UNSPECIFIED;
    if (ofTicks) {
      return new DateTime(a.whole(0), of);
    }
    int parts = kind ? a.size() - 1 : a.size();
    return clock(a, parts).as(of);
  }

  /** A date of the calendar from year, month, day, hour, minute, second, millisecond. */
  static DateTime clock(Args a, int parts) {
    int[] fields = new int[7];
    for (int i = 0; i < parts; i++) {
      fields[i] = a.integer(i);
    }
    try {
      var date = LocalDateTime.of(fields[0], fields[1], fields[2], fields[3], fields[4], fields[5]);
      return DateTime.of(date, Kind.UNSPECIFIED).plus(fields[6] * TimeSpan.MILLISECOND);
    } catch (DateTimeException none) {
      throw unrepresentable();
    }
  }

  static ClrException unrepresentable() {
    return ClrException.range(
        "Year, Month, and Day parameters describe an un-representable DateTime.");
  }

  /** {@code System.DateTimeOffset}. */
  static void fillOffset(ClrType type) {
    CalendarMembers.fill(
        type,
        a -> a.self(DateTimeOffset.class).clock(),
        "DateTimeOffset",
        (before, after) -> new DateTimeOffset(after, ((DateTimeOffset) before).offsetMinutes()));
    type.property("DateTime", "DateTime", a -> offset(a).clock())
        .property("UtcDateTime", "DateTime", a -> offset(a).utc())
        .property("LocalDateTime", "DateTime", a -> offset(a).utc().as(Kind.LOCAL))
        .property("Date", "DateTime", a -> day(offset(a).clock()))
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
        .method("CompareTo", 1, 1, "int", a -> offset(a).compareTo(Casts.offset(a.some(0))))
        .constant("UtcNow", "DateTimeOffset", a -> DateTimeOffset.of(a.frame.context.now()))
        .constant("Now", "DateTimeOffset", a -> DateTimeOffset.of(a.frame.context.now()))
        .constant("MinValue", "DateTimeOffset", a -> Types.defaultOf(type))
        .constant(
            "MaxValue",
            "DateTimeOffset",
            a -> new DateTimeOffset(new DateTime(DateTime.LAST, Kind.UTC), 0))
        .constant("UnixEpoch", "DateTimeOffset", a -> unix(0))
        .function(
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
        .function("Parse", 1, 3, "DateTimeOffset", DateMembers::parseOffset)
        .function("ParseExact", 3, 4, "DateTimeOffset", DateMembers::parseOffset)
        .function(
            "TryParse",
            2,
            4,
            "bool",
            a ->
                a.tried(
                    a.size() - 1,
                    a.get(0) == null ? null : DateReader.dateTimeOffset(a.text(0)),
                    Types.defaultOf(type)))
        .constructor(1, 8, DateMembers::createOffset)
        .inherits(Types.OBJECT);
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

  private static DateTimeOffset parseOffset(Args a) {
    DateTimeOffset date = DateReader.dateTimeOffset(a.text(0));
    if (date == null) {
      throw ClrException.format("String was not recognized as a valid DateTime.");
    }
    return date;
  }

  private static DateTimeOffset createOffset(Args a) {
    int last = a.size() - 1;
    int minutes = last > 0 ? (int) a.span(last).total(TimeSpan.MINUTE) : 0;
    DateTime clock =
        a.get(0) instanceof DateTime date
            ? date
            : last < 2 ? new DateTime(a.whole(0), Kind.UTC) : clock(a, last);
    return new DateTimeOffset(clock, minutes);
  }
}
