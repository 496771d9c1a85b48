package io.ccrelay.policy.expression;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A .NET type as expressions see it: a table of the members they may use. Filled while the class
 * {@link Types} is initialised, then unchanged: safe for use from any context.
 */
final class ClrType {

  /** No bound on the number of arguments. */
  static final int MANY = Integer.MAX_VALUE;

  /** Marks the type argument of a call as the type of its result. */
  static final String GENERIC = "T";

  /** What a member does. */
  @FunctionalInterface
  interface Body {
    @Nullable Object call(Args args);
  }

  /**
   * A member.
   *
   * @param least least number of arguments
   * @param most greatest number of arguments
   * @param result name of the result's type, empty if it is not known before the call
   */
  record Member(String name, int least, int most, String result, Body body) {
    boolean takes(int count) {
      return count >= least && count <= most;
    }
  }

  private final String name;
  private final Predicate<Object> instances;
  private final Map<String, Member> properties = new HashMap<>();
  private final Map<String, Member> methods = new HashMap<>();
  private final Map<String, Member> setters = new HashMap<>();
  private final Map<String, Member> constants = new HashMap<>();
  private final Map<String, Member> functions = new HashMap<>();
  private @Nullable Member constructor;
  private @Nullable Member index;
  private @Nullable Member indexSetter;

  ClrType(String name, Predicate<Object> instances) {
    this.name = name;
    this.instances = instances;
  }

  String name() {
    return name;
  }

  boolean accepts(Object value) {
    return instances.test(value);
  }

  @CanIgnoreReturnValue
  ClrType property(String member, String result, Body body) {
    properties.put(member, new Member(member, 0, 0, result, body));
    return this;
  }

  @CanIgnoreReturnValue
  ClrType method(String member, int least, int most, String result, Body body) {
    methods.put(member, new Member(member, least, most, result, body));
    return this;
  }

  @CanIgnoreReturnValue
  ClrType setter(String member, Body body) {
    setters.put(member, new Member(member, 1, 1, "", body));
    return this;
  }

  @CanIgnoreReturnValue
  ClrType constant(String member, String result, Body body) {
    constants.put(member, new Member(member, 0, 0, result, body));
    return this;
  }

  @CanIgnoreReturnValue
  ClrType function(String member, int least, int most, String result, Body body) {
    functions.put(member, new Member(member, least, most, result, body));
    return this;
  }

  @CanIgnoreReturnValue
  ClrType constructor(int least, int most, Body body) {
    constructor = new Member(".ctor", least, most, name, body);
    return this;
  }

  @CanIgnoreReturnValue
  ClrType index(String result, Body body) {
    index = new Member("[]", 1, 1, result, body);
    return this;
  }

  @CanIgnoreReturnValue
  ClrType indexSetter(Body body) {
    indexSetter = new Member("[]", 2, 2, "", body);
    return this;
  }

  /** Takes over the members of {@code parent} that this type does not have itself. */
  @CanIgnoreReturnValue
  ClrType inherits(ClrType parent) {
    parent.properties.forEach(properties::putIfAbsent);
    parent.methods.forEach(methods::putIfAbsent);
    parent.setters.forEach(setters::putIfAbsent);
    index = index == null ? parent.index : index;
    indexSetter = indexSetter == null ? parent.indexSetter : indexSetter;
    return this;
  }

  /** The constants, by name. */
  Map<String, Member> constants() {
    return constants;
  }

  @Nullable Member property(String member) {
    return properties.get(member);
  }

  @Nullable Member method(String member) {
    return methods.get(member);
  }

  @Nullable Member setter(String member) {
    return setters.get(member);
  }

  @Nullable Member constant(String member) {
    return constants.get(member);
  }

  @Nullable Member function(String member) {
    return functions.get(member);
  }

  @Nullable Member constructor() {
    return constructor;
  }

  @Nullable Member index() {
    return index;
  }

  @Nullable Member indexSetter() {
    return indexSetter;
  }

  @Override
  public String toString() {
    return name;
  }
}
