/**
 * The entry point of the jar, in bytecode that a Java of 2014 understands, so that it can say what
 * it needs instead of throwing an {@code UnsupportedClassVersionError}. It may use nothing newer
 * than Java 8 and no other room.
 */
@NullMarked
package io.ccrelay.cli.boot;

import org.jspecify.annotations.NullMarked;
