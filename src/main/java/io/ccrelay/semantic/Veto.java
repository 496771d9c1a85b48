package io.ccrelay.semantic;

/** Why the answer to one question must not serve another, however similar the two are. */
public enum Veto {
  /** Each has something the other lacks: the same template with another value. */
  SLOT("slot"),
  /** One says more than the other: the same question with a condition. */
  SCOPE("scope"),
  /** The numbers differ. */
  NUMBER("number"),
  /** The units of measure or currencies differ. */
  UNIT("unit"),
  /** One is negated where the other is not. */
  NEGATION("negation"),
  /** Quoted texts differ. */
  QUOTE("quote"),
  /** Identifiers, paths, formulas or operators differ. */
  IDENTIFIER("identifier"),
  /** They are written in different scripts. */
  SCRIPT("script"),
  /** The language of the question or of the wanted answer differs, or is not known well enough. */
  LANGUAGE("language"),
  /** Source and target, or subject and object, are exchanged. */
  DIRECTION("direction"),
  /** Small words bind the same things otherwise: books by and about somebody. */
  BINDING("binding"),
  /** The same word in a form that says something else: interesting and interested. */
  INFLECTION("inflection"),
  /** One says the opposite of a word of the other. */
  ANTONYM("antonym"),
  /** Dates, times of day, tenses or periods differ. */
  TIME("time"),
  /** The wanted form, tone or length of the answer differs. */
  FORMAT("format"),
  /** Names differ. */
  ENTITY("entity"),
  /** One is too long, or not text, so that nothing can be said. */
  UNREADABLE("unreadable");

  private final String token;

  Veto(String token) {
    this.token = token;
  }

  /** The word in logs, metrics and reports. */
  public String token() {
    return token;
  }
}
