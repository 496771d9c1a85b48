/** Puts the parts together, deploys the verticles, reloads, drains and stops. RIM. */
@NullMarked
package io.ccrelay.launch;

import org.jspecify.annotations.NullMarked;
