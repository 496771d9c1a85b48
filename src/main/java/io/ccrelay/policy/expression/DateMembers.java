package io.ccrelay.policy.expression;

import static io.ccrelay.policy.expression.value.TimeSpan.DAY;

import io.ccrelay.policy.expression.value.ClrException;
import io.ccrelay.policy.expression.value.DateReader;
import io.ccrelay.policy.expression.value.DateTime;
import io.ccrelay.policy.expression.value.DateTime.Kind;
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
            a -> a.triedText(DateReader::dateTime, new DateTime(0, Kind.UNSPECIFIED)))
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
}
