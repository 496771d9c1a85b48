/**
 * Filling the cache of a running relay beforehand, as any client would: by asking. What was asked
 * is noted beside the file of requests, so that a run goes on where another broke off. RIM.
 */
@NullMarked
package io.ccrelay.cli.warm;

import org.jspecify.annotations.NullMarked;
