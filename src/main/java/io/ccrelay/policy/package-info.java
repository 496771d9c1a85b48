/**
 * API Management policy documents: text to sealed {@link io.ccrelay.policy.Policy} records,
 * composed over scopes. Nothing here runs a policy; {@code proxy.policy} does, statement by
 * statement.
 *
 * <p>The way of a document: named values are put into its text, a tolerant reader turns the text
 * into elements (real documents are seldom well-formed XML: expressions stand unescaped in
 * attributes), each element is bound to its record with every attribute checked, fragments are
 * inserted where they are included, and the documents of all scopes are composed once, where {@code
 * <base />} says so. A document is taken as a whole or refused as a whole with document, line and
 * column of everything that is wrong.
 */
@NullMarked
package io.ccrelay.policy;

import org.jspecify.annotations.NullMarked;
