package io.ccrelay.proxy.api;

import io.ccrelay.http.Fields;
import io.ccrelay.upstream.Upstream;
import io.ccrelay.upstream.WrappedAnswer;

/** An answer with other field lines. Confined to one context. */
record MarkedAnswer(Upstream.Answer answer, Fields fields) implements WrappedAnswer {}
