/** The command line. RIM. */
@NullMarked
package io.ccrelay.cli;

import org.jspecify.annotations.NullMarked;
