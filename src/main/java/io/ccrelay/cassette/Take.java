package io.ccrelay.cassette;

import io.ccrelay.cache.Bytes;
import io.ccrelay.http.Fields;

/**
 * A question and its answer. Immutable.
 *
 * @param question what was asked
 * @param status of the answer
 * @param fields of the answer, those of one past exchange left out
 * @param body of the answer
 */
record Take(Question question, int status, Fields fields, Bytes body) {}
