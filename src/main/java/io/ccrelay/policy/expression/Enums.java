package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.DateTime;
import io.ccrelay.policy.expression.value.JToken;
import java.time.DayOfWeek;
import java.util.Arrays;

/** The enumerations of the allow-list. */
final class Enums {

  static final String[] COMPARISONS = {
    "CurrentCulture",
    "CurrentCultureIgnoreCase",
    "InvariantCulture",
    "InvariantCultureIgnoreCase",
    "Ordinal",
    "OrdinalIgnoreCase"
  };

  static final String[] NODES = {
    "None", "Element", "Attribute", "Text", "CDATA", "Comment", "Document"
  };

  private static final String[] DAYS = {
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"
  };

  private static final String[] KINDS = {"Unspecified", "Utc", "Local"};

  private Enums() {}

  static void fill() {
    declare("System", "StringComparison", COMPARISONS);
    declare("System", "DayOfWeek", DAYS);
    declare("System", "DateTimeKind", KINDS);
    declare("System", "MidpointRounding", "ToEven", "AwayFromZero");
    declare("System", "UriPartial", "Scheme", "Authority", "Path", "Query");
    declare("System", "UriKind", "RelativeOrAbsolute", "Absolute", "Relative");
    declare("Newtonsoft.Json", "Formatting", "None", "Indented");
    declare(
        "Newtonsoft.Json.Linq",
        "JTokenType",
        Arrays.stream(JToken.Type.values()).map(JToken.Type::label).toArray(String[]::new));
    flags("System", "StringSplitOptions", "None", 0, "RemoveEmptyEntries", 1, "TrimEntries", 2);
    regexOptions();
    Types.ENUM
        .function("Parse", 1, 3, "", EnumReader::parse)
        .function("TryParse", 2, 4, "bool", EnumReader::tryParse)
        .method("HasFlag", 1, 1, "bool", a -> a.self(ClrEnum.class).has(a.enumeration(0).number()))
        .method("CompareTo", 1, 1, "int", a -> Comparison.compare(a.self(), a.get(0)))
        .inherits(Types.OBJECT);
  }

  private static void regexOptions() {
    flags(
        "System.Text.RegularExpressions",
        "RegexOptions",
        "None",
        0,
        "IgnoreCase",
        1,
        "Multiline",
        2,
        "ExplicitCapture",
        4,
        "Compiled",
        8,
        "Singleline",
        16,
        "IgnorePatternWhitespace",
        32,
        "RightToLeft",
        64,
        "ECMAScript",
        256,
        "CultureInvariant",
        512);
  }

  static void declare(String namespace, String name, String... values) {
    Object[] numbered = new Object[2 * values.length];
    for (int i = 0; i < values.length; i++) {
      numbered[2 * i] = values[i];
      numbered[2 * i + 1] = i;
    }
    flags(namespace, name, numbered);
  }

  static void flags(String namespace, String name, Object... namesAndNumbers) {
    ClrType type =
        Types.declare(
            namespace, name, "", value -> value instanceof ClrEnum one && one.type().equals(name));
    for (int i = 0; i < namesAndNumbers.length; i += 2) {
      var value = new ClrEnum(name, (String) namesAndNumbers[i], (Integer) namesAndNumbers[i + 1]);
      type.constant(value.name(), name, a -> value);
    }
    type.inherits(Types.ENUM).inherits(Types.OBJECT);
  }

  static ClrEnum dayOfWeek(DayOfWeek day) {
    int number = day.getValue() % 7;
    return new ClrEnum("DayOfWeek", DAYS[number], number);
  }

  @SuppressWarnings("EnumOrdinal") // the numbers are those of the .NET enumeration
  static ClrEnum dateTimeKind(DateTime.Kind kind) {
    return new ClrEnum("DateTimeKind", KINDS[kind.ordinal()], kind.ordinal());
  }

  static ClrEnum nodeType(String kind) {
    return new ClrEnum("XmlNodeType", kind, Arrays.asList(NODES).indexOf(kind));
  }

  @SuppressWarnings("EnumOrdinal") // the numbers are those of the .NET enumeration
  static ClrEnum tokenType(JToken token) {
    return new ClrEnum("JTokenType", token.type().label(), token.type().ordinal());
  }
}
