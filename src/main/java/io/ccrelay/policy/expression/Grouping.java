package io.ccrelay.policy.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A group of {@code GroupBy}: the key and the items that have it. */
record Grouping(@Nullable Object key, List<@Nullable Object> items) {}
