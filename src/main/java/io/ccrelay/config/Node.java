package io.ccrelay.config;

import java.util.List;

/**
 * A value of a configuration file, whatever the file's format, and where it stands. Scalars keep
 * their text: what it means depends on the setting that asks (see {@link Scalars}).
 */
sealed interface Node {

  /** Where it begins in the text after environment expansion. */
  Position at();

  /** What it is, for messages. */
  String kind();

  /** How a scalar was written; decides what it may be read as. */
  enum Style {
    /** YAML without quotes: whatever the setting asks for. */
    PLAIN,
    /** YAML in quotes or as a block. */
    QUOTED,
    /** TOML string. */
    TOML_TEXT,
    /** TOML integer. */
    TOML_INTEGER,
    /** TOML boolean. */
    TOML_BOOLEAN,
    /** TOML float, date or time: no setting has such a value. */
    TOML_OTHER
  }

  /** A single value. */
  record Scalar(Position at, Style style, String text) implements Node {
    @Override
    public String kind() {
      return "a single value";
    }

    /** Without the text, which may be a secret. */
    @Override
    public String toString() {
      return "Scalar(" + at + ", " + style + ")";
    }
  }

  /** A list. */
  record Sequence(Position at, List<Node> items) implements Node {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /**
   * Keys and values in the order of the file; no key occurs twice.
   *
   * @param foldsCase whether settings are found whatever the letter case of the key (TOML)
   */
  record Mapping(Position at, List<Member> members, boolean foldsCase) implements Node {
    @Override
    public String kind() {
      return "a section";
    }
  }

  /** Nothing: the same as leaving the key out. */
  record Null(Position at) implements Node {
    @Override
    public String kind() {
      return "nothing";
    }
  }

  /**
   * One key of a mapping.
   *
   * @param at where the key stands
   */
  record Member(Position at, String key, Node value) {}
}
