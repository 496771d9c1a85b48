/** Meters by outcome token, names and units by Prometheus convention. RIM. */
@NullMarked
package io.ccrelay.metrics;

import org.jspecify.annotations.NullMarked;
