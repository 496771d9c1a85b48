package io.ccrelay.policy.expression;

import static io.ccrelay.policy.expression.value.TimeSpan.DAY;
import static io.ccrelay.policy.expression.value.TimeSpan.HOUR;
import static io.ccrelay.policy.expression.value.TimeSpan.MILLISECOND;
import static io.ccrelay.policy.expression.value.TimeSpan.MINUTE;
import static io.ccrelay.policy.expression.value.TimeSpan.SECOND;

import io.ccrelay.policy.expression.value.DateTime;
import io.ccrelay.policy.expression.value.TimeSpan;
import java.time.DateTimeException;
import java.time.temporal.ChronoField;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The members that {@code DateTime} and {@code DateTimeOffset} have in common. */
final class CalendarMembers {

  private static final Map<String, Long> UNITS =
      Map.of(
          "AddDays",
          DAY,
          "AddHours",
          HOUR,
          "AddMinutes",
          MINUTE,
          "AddSeconds",
          SECOND,
          "AddMilliseconds",
          MILLISECOND);

  private CalendarMembers() {}

  /**
   * @param clock the clock's time of the value
   * @param again a value like the one before with another time
   */
  static void fill(
      ClrType type,
      Function<Args, DateTime> clock,
      String name,
      BiFunction<Object, DateTime, Object> again) {
    UNITS.forEach((method, unit) ->
        type.method(
            method,
            1,
            1,
            name,
            a -> again.apply(a.self(), clock.apply(a).plus(TimeSpan.of(a.real(0), unit).ticks()))));
    type.property("Year", "int", a -> clock.apply(a).local().getYear())
        .property("Month", "int", a -> clock.apply(a).local().getMonthValue())
        .property("Day", "int", a -> clock.apply(a).local().getDayOfMonth())
        .property("Hour", "int", a -> clock.apply(a).local().getHour())
        .property("Minute", "int", a -> clock.apply(a).local().getMinute())
        .property("Second", "int", a -> clock.apply(a).local().getSecond())
        .property(
            "Millisecond", "int", a -> clock.apply(a).local().get(ChronoField.MILLI_OF_SECOND))
        .property("DayOfYear", "int", a -> clock.apply(a).local().getDayOfYear())
        .property("DayOfWeek", "", a -> Enums.dayOfWeek(clock.apply(a).local().getDayOfWeek()))
        .property("TimeOfDay", "TimeSpan", a -> new TimeSpan(clock.apply(a).ticks() % DAY))
        .property("Ticks", "long", a -> clock.apply(a).ticks())
        .method(
            "Add", 1, 1, name, a -> again.apply(a.self(), clock.apply(a).plus(a.span(0).ticks())))
        .method("AddTicks", 1, 1, name, a -> again.apply(a.self(), clock.apply(a).plus(a.whole(0))))
        .method(
            "AddMonths",
            1,
            1,
            name,
            a -> again.apply(a.self(), later(clock.apply(a), a.integer(0))))
        .method(
            "AddYears",
            1,
            1,
            name,
            a -> again.apply(a.self(), later(clock.apply(a), 12L * a.integer(0))));
  }

  private static DateTime later(DateTime date, long months) {
    try {
      return DateTime.of(date.local().plusMonths(months), date.kind());
    } catch (DateTimeException outside) {
      throw DateMembers.unrepresentable();
    }
  }
}
