/**
 * The index in this process: exact search in one partition at a time, on plain arrays. RIM.
 *
 * <p>Partitions are small, because everything but the question is part of them, so that a scan is
 * faster than a graph up to some ten thousand items and costs nothing to delete from. {@link
 * io.ccrelay.semantic.index.Block} says how the arrays lie so that plain loops become vector
 * instructions; the platform's vector API, an incubator module that needs an option of the Java
 * machine and prints a warning, would not be faster.
 */
@NullMarked
package io.ccrelay.semantic.index;

import org.jspecify.annotations.NullMarked;
