/**
 * The configuration file: YAML or TOML to {@link io.ccrelay.config.RelayConfig}; every problem is
 * collected with file, line and column before it stops. RIM (files).
 */
@NullMarked
package io.ccrelay.config;

import org.jspecify.annotations.NullMarked;
