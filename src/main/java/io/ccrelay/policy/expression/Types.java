package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.Basic;
import io.ccrelay.policy.expression.value.ClrException;
import io.ccrelay.policy.expression.value.DateTime;
import io.ccrelay.policy.expression.value.DateTimeOffset;
import io.ccrelay.policy.expression.value.JArray;
import io.ccrelay.policy.expression.value.JContainer;
import io.ccrelay.policy.expression.value.JObject;
import io.ccrelay.policy.expression.value.JProperty;
import io.ccrelay.policy.expression.value.JToken;
import io.ccrelay.policy.expression.value.JValue;
import io.ccrelay.policy.expression.value.Jwt;
import io.ccrelay.policy.expression.value.TimeSpan;
import io.ccrelay.policy.expression.value.Uri;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The allow-list: every type that an expression may name and how the type of a value is found.
 * Filled when the class is initialised; safe for use from any context.
 */
final class Types {

  private static final Map<String, ClrType> BY_NAME = new HashMap<>();

  private static final Map<Class<?>, ClrType> BY_CLASS = new HashMap<>();

  static final ClrType OBJECT = declare("System", "Object", "object", value -> true);
  static final ClrType NULLABLE = declare("System", "Nullable", "", value -> true);
  static final ClrType SEQUENCE =
      declare("System.Collections.Generic", "IEnumerable", "", Sequence::isOne);
  static final ClrType STRING = declare("System", "String", "string", String.class::isInstance);
  static final ClrType CHAR = declare("System", "Char", "char", Character.class::isInstance);
  static final ClrType BOOL = declare("System", "Boolean", "bool", Boolean.class::isInstance);
  static final ClrType INT = declare("System", "Int32", "int", Integer.class::isInstance);
  static final ClrType LONG = declare("System", "Int64", "long", Long.class::isInstance);
  static final ClrType DOUBLE = declare("System", "Double", "double", Double.class::isInstance);
  static final ClrType DECIMAL =
      declare("System", "Decimal", "decimal", BigDecimal.class::isInstance);
  static final ClrType ARRAY =
      declare("System", "Array", "", value -> value instanceof Object[] || value instanceof byte[]);
  static final ClrType LIST =
      declare("System.Collections.Generic", "List", "", List.class::isInstance);
  static final ClrType DICTIONARY =
      declare("System.Collections.Generic", "Dictionary", "", Map.class::isInstance);
  static final ClrType SET =
      declare("System.Collections.Generic", "HashSet", "", Set.class::isInstance);
  static final ClrType PAIR =
      declare("System.Collections.Generic", "KeyValuePair", "", Pair.class::isInstance);
  static final ClrType NAME_VALUES = declare("", "INameValues", "", NameValues.class::isInstance);
  static final ClrType GROUPING =
      declare("System.Linq", "IGrouping", "", Grouping.class::isInstance);
  static final ClrType DATE_TIME = declare("System", "DateTime", "", DateTime.class::isInstance);
  static final ClrType DATE_TIME_OFFSET =
      declare("System", "DateTimeOffset", "", DateTimeOffset.class::isInstance);
  static final ClrType TIME_SPAN = declare("System", "TimeSpan", "", TimeSpan.class::isInstance);
  static final ClrType GUID = declare("System", "Guid", "", UUID.class::isInstance);
  static final ClrType URI = declare("System", "Uri", "", Uri.class::isInstance);
  static final ClrType RANDOM = declare("System", "Random", "", RandomNumbers.class::isInstance);
  static final ClrType EXCEPTION =
      declare("System", "Exception", "", ClrException.class::isInstance);
  static final ClrType BUILDER =
      declare("System.Text", "StringBuilder", "", StringBuilder.class::isInstance);
  static final ClrType ENCODING =
      declare("System.Text", "Encoding", "", TextEncoding.class::isInstance);
  static final ClrType REGEX =
      declare("System.Text.RegularExpressions", "Regex", "", ClrRegex.class::isInstance);
  static final ClrType MATCH =
      declare("System.Text.RegularExpressions", "Match", "", ClrRegex.Match.class::isInstance);
  static final ClrType GROUPS =
      declare(
          "System.Text.RegularExpressions",
          "GroupCollection",
          "",
          ClrRegex.Groups.class::isInstance);
  static final ClrType GROUP =
      declare("System.Text.RegularExpressions", "Group", "", ClrRegex.Part.class::isInstance);
  static final ClrType HASH =
      declare("System.Security.Cryptography", "HashAlgorithm", "", HashAlgorithm.class::isInstance);
  static final ClrType JTOKEN = json("JToken", JToken.class);
  static final ClrType JCONTAINER = json("JContainer", JContainer.class);
  static final ClrType JOBJECT = json("JObject", JObject.class);
  static final ClrType JARRAY = json("JArray", JArray.class);
  static final ClrType JPROPERTY = json("JProperty", JProperty.class);
  static final ClrType JVALUE = json("JValue", JValue.class);
  static final ClrType JWT = declare("", "Jwt", "", Jwt.class::isInstance);
  static final ClrType BASIC = declare("", "BasicAuthCredentials", "", Basic.class::isInstance);
  static final ClrType REQUEST = declare("", "IRequest", "", RequestView.class::isInstance);
  static final ClrType RESPONSE = declare("", "IResponse", "", ResponseView.class::isInstance);
  static final ClrType BODY = declare("", "IMessageBody", "", MessageBody.class::isInstance);
  static final ClrType URL = declare("", "IUrl", "", Url.class::isInstance);
  static final ClrType CONTEXT = declare("", "IContext", "", PolicyContext.class::isInstance);
  static final ClrType VARIABLES =
      declare("", "IVariables", "", ContextMembers.Variables.class::isInstance);
  static final ClrType ENUM = declare("System", "Enum", "", ClrEnum.class::isInstance);
  static final ClrType ANONYMOUS = declare("", "<anonymous>", "", Anonymous.class::isInstance);

  /** Allowed by the service, but without a table here. */
  private static final Set<String> WITHOUT_TABLE =
      Set.of(
          "AdjustmentRule",
          "IEnumerator",
          "JConstructor",
          "JRaw",
          "TimeZone",
          "TransitionTime",
          "XDeclaration",
          "XDocumentType",
          "XNodeDocumentOrderComparer",
          "XNodeEqualityComparer",
          "XProcessingInstruction");

  static {
    Tables.fill();
  }

  private Types() {}

  /** A type of the allow-list; {@code keyword} is its name in the language if it has one. */
  @CanIgnoreReturnValue
  static ClrType declare(
      String namespace, String name, String keyword, Predicate<Object> instances) {
    var type = new ClrType(keyword.isEmpty() ? name : keyword, instances);
    alias(namespace, name, type);
    if (!keyword.isEmpty()) {
      BY_NAME.put(keyword, type);
    }
    return type;
  }

  /** A type whose values are exactly those of {@code values}. */
  @CanIgnoreReturnValue
  static ClrType declare(String namespace, String name, Class<?> values) {
    ClrType type = declare(namespace, name, "", values::isInstance);
    BY_CLASS.put(values, type);
    return type;
  }

  /** The values of {@code values}, too, are of {@code type}. */
  static void register(Class<?> values, ClrType type) {
    BY_CLASS.put(values, type);
  }

  /** Another name of a type. */
  static void alias(String namespace, String name, ClrType type) {
    BY_NAME.put(name, type);
    if (!namespace.isEmpty()) {
      BY_NAME.put(namespace + "." + name, type);
    }
  }

  private static ClrType json(String name, Class<?> type) {
    return declare("Newtonsoft.Json.Linq", name, "", type::isInstance);
  }

  /** The type of that name, {@code null} if an expression may not use it. */
  static @Nullable ClrType named(String name) {
    return BY_NAME.get(name);
  }

  /** Whether the service allows the type although it has no table here. */
  static boolean isWithoutTable(String name) {
    return WITHOUT_TABLE.contains(name.substring(name.lastIndexOf('.') + 1));
  }

  /** Name of the type of a value, as errors show it. */
  static String nameOf(Object value) {
    return value instanceof ClrEnum constant ? constant.type() : of(value).name();
  }

  /** The table of a value's members. */
  static ClrType of(Object value) {
    return switch (value) {
      case String ignored -> STRING;
      case Integer ignored -> INT;
      case Boolean ignored -> BOOL;
      case ContextMembers.Variables ignored -> VARIABLES;
      case NameValues ignored -> NAME_VALUES;
      case JObject ignored -> JOBJECT;
      case JArray ignored -> JARRAY;
      case JProperty ignored -> JPROPERTY;
      case JValue ignored -> JVALUE;
      case Long ignored -> LONG;
      case Double ignored -> DOUBLE;
      case BigDecimal ignored -> DECIMAL;
      case Character ignored -> CHAR;
      case List<?> ignored -> LIST;
      case Map<?, ?> ignored -> DICTIONARY;
      case DateTime ignored -> DATE_TIME;
      case DateTimeOffset ignored -> DATE_TIME_OFFSET;
      case TimeSpan ignored -> TIME_SPAN;
      case PolicyContext ignored -> CONTEXT;
      case RequestView ignored -> REQUEST;
      case ResponseView ignored -> RESPONSE;
      case MessageBody ignored -> BODY;
      case Url ignored -> URL;
      default -> lessUsual(value);
    };
  }

  private static ClrType lessUsual(Object value) {
    return switch (value) {
      case Object[] ignored -> ARRAY;
      case byte[] ignored -> ARRAY;
      case Set<?> ignored -> SET;
      case Pair ignored -> PAIR;
      case Grouping ignored -> GROUPING;
      case UUID ignored -> GUID;
      case Uri ignored -> URI;
      case RandomNumbers ignored -> RANDOM;
      case ClrException ignored -> EXCEPTION;
      case StringBuilder ignored -> BUILDER;
      case TextEncoding ignored -> ENCODING;
      case ClrRegex ignored -> REGEX;
      case ClrRegex.Match ignored -> MATCH;
      case ClrRegex.Groups ignored -> GROUPS;
      case ClrRegex.Part ignored -> GROUP;
      case HashAlgorithm ignored -> HASH;
      case Jwt ignored -> JWT;
      case Basic ignored -> BASIC;
      case ClrEnum ignored -> ENUM;
      case Anonymous ignored -> ANONYMOUS;
      default -> BY_CLASS.getOrDefault(value.getClass(), OBJECT);
    };
  }
}
