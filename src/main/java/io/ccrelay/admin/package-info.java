/** The management listener: health, metrics, statistics, entries. RIM. */
@NullMarked
package io.ccrelay.admin;

import org.jspecify.annotations.NullMarked;
