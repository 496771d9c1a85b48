package io.ccrelay.proxy.transport;

/** The head of a request is refused for one {@link Flaw}. */
public final class MalformedHead extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Flaw flaw;

  MalformedHead(Flaw flaw) {
    super(flaw.name(), null, false, false);
    this.flaw = flaw;
  }

  /** What is wrong. */
  public Flaw flaw() {
    return flaw;
  }
}
