/**
 * The index in this process: exact search in one partition at a time, on plain arrays. RIM.
 *
 * <p>Partitions are small, because everything but the question is part of them, so that a scan is
 * faster than a graph up to some ten thousand items and costs nothing to delete from. The vector
 * API of the platform would halve the time; it is an incubator module that needs an option of the
 * Java machine and prints a warning, and was left out for that.
 */
@NullMarked
package io.ccrelay.semantic.index;

import org.jspecify.annotations.NullMarked;
