package io.ccrelay.policy.expression;

import static io.ccrelay.policy.expression.value.TimeSpan.DAY;
import static io.ccrelay.policy.expression.value.TimeSpan.HOUR;
import static io.ccrelay.policy.expression.value.TimeSpan.MILLISECOND;
import static io.ccrelay.policy.expression.value.TimeSpan.MINUTE;
import static io.ccrelay.policy.expression.value.TimeSpan.SECOND;

import io.ccrelay.policy.expression.value.ClrException;
import io.ccrelay.policy.expression.value.TimeSpan;
import java.util.Map;

/** {@code System.TimeSpan}. */
final class TimeMembers {

  private static final Map<String, Long> UNITS =
      Map.of(
          "Days",
          DAY,
          "Hours",
          HOUR,
          "Minutes",
          MINUTE,
          "Seconds",
          SECOND,
          "Milliseconds",
          MILLISECOND);

  private TimeMembers() {}

  static void fill(ClrType type) {
    UNITS.forEach((name, unit) -> {
      int next =
          unit == DAY ? Integer.MAX_VALUE : unit == HOUR ? 24 : unit == MILLISECOND ? 1000 : 60;
      type.property(name, "int", a -> span(a).part(unit, next));
      type.property("Total" + name, "double", a -> span(a).total(unit));
      type.function("From" + name, 1, 1, "TimeSpan", a -> TimeSpan.of(a.real(0), unit));
    });
    type.property("Ticks", "long", a -> span(a).ticks())
        .method("Add", 1, 1, "TimeSpan", a -> span(a).plus(a.span(0)))
        .method("Subtract", 1, 1, "TimeSpan", a -> span(a).minus(a.span(0)))
        .method("Negate", 0, 0, "TimeSpan", a -> new TimeSpan(-span(a).ticks()))
        .method("Duration", 0, 0, "TimeSpan", a -> new TimeSpan(Math.abs(span(a).ticks())))
        .method("CompareTo", 1, 1, "int", a -> span(a).compareTo(a.span(0)))
        .constant("Zero", "TimeSpan", a -> new TimeSpan(0))
        .constant("MaxValue", "TimeSpan", a -> new TimeSpan(Long.MAX_VALUE))
        .constant("MinValue", "TimeSpan", a -> new TimeSpan(Long.MIN_VALUE))
        .constant("TicksPerSecond", "long", a -> SECOND)
        .constant("TicksPerMillisecond", "long", a -> MILLISECOND)
        .constant("TicksPerMinute", "long", a -> MINUTE)
        .constant("TicksPerHour", "long", a -> HOUR)
        .constant("TicksPerDay", "long", a -> DAY)
        .function("FromTicks", 1, 1, "TimeSpan", a -> new TimeSpan(a.whole(0)))
        .function("Parse", 1, 2, "TimeSpan", TimeMembers::parse)
        .function("TryParse", 2, 3, "bool", a -> a.triedText(TimeSpan::read, new TimeSpan(0)))
        .constructor(1, 5, TimeMembers::create)
        .inherits(Types.OBJECT);
  }

  private static TimeSpan span(Args a) {
    return a.self(TimeSpan.class);
  }

  private static TimeSpan parse(Args a) {
    TimeSpan span = TimeSpan.read(a.text(0));
    if (span == null) {
      throw ClrException.format("String was not recognized as a valid TimeSpan.");
    }
    return span;
  }

  private static TimeSpan create(Args a) {
    if (a.size() == 1) {
      return new TimeSpan(a.whole(0));
    }
    int first = a.size() == 3 ? 1 : 0;
    long[] units = {DAY, HOUR, MINUTE, SECOND, MILLISECOND};
    double ticks = 0;
    for (int i = 0; i < a.size(); i++) {
      ticks += (double) a.integer(i) * units[first + i];
    }
    return TimeSpan.of(ticks, 1);
  }
}
