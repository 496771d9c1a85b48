package io.ccrelay.semantic.guard;

/** Objects when the prompts are not written in the same scripts. */
final class ScriptGuard implements Guard {

  @Override
  public boolean objects(Prompt one, Prompt other) {
    return !one.scripts().equals(other.scripts());
  }
}
