package io.ccrelay.admin;

/**
 * Who asks the management listener.
 *
 * @param name as the audit log names it; never the token
 * @param role what it may do
 */
record Caller(String name, Role role) {}
