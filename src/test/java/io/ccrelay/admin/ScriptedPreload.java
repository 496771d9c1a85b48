package io.ccrelay.admin;

import io.ccrelay.cache.Key;
import io.ccrelay.llm.Preload;
import io.vertx.core.Future;

/** Stores what has the status 200. */
final class ScriptedPreload {

  private ScriptedPreload() {}

  static Future<Preload.Outcome> answer(Preload preload) {
    return Future.succeededFuture(
        preload.status() == 200
            ? new Preload.Outcome.Stored(Key.of(preload.request().path()))
            : new Preload.Outcome.Refused("status"));
  }
}
