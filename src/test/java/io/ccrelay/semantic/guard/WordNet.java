package io.ccrelay.semantic.guard;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The files of WordNet 3.1, read whole: sets of synonyms, what points to what, and how often each
 * word was met in each of its senses. Formats: wndb(5WN) and senseidx(5WN).
 */
final class WordNet {

  /** The terms, which go with every part of it. */
  static final String LICENCE =
      """
      This software and database is being provided to you, the LICENSEE, by
      Princeton University under the following license.  By obtaining, using
      and/or copying this software and database, you agree that you have
      read, understood, and will comply with these terms and conditions.:

      Permission to use, copy, modify and distribute this software and
      database and its documentation for any purpose and without fee or
      royalty is hereby granted, provided that you agree to comply with
      the following copyright notice and statements, including the disclaimer,
      and that the same appear on ALL copies of the software, database and
      documentation, including modifications that you make for internal
      use or for distribution.

      WordNet 3.1 Copyright 2011 by Princeton University.  All rights reserved.

      THIS SOFTWARE AND DATABASE IS PROVIDED "AS IS" AND PRINCETON
      UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES, EXPRESS OR
      IMPLIED.  BY WAY OF EXAMPLE, BUT NOT LIMITATION, PRINCETON
      UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES OF MERCHANT-
      ABILITY OR FITNESS FOR ANY PARTICULAR PURPOSE OR THAT THE USE
      OF THE LICENSED SOFTWARE, DATABASE OR DOCUMENTATION WILL NOT
      INFRINGE ANY THIRD PARTY PATENTS, COPYRIGHTS, TRADEMARKS OR
      OTHER RIGHTS.

      The name of Princeton University or Princeton may not be used in
      advertising or publicity pertaining to distribution of the software
      and/or database.  Title to copyright in this software, database and
      any associated documentation shall at all times remain with
      Princeton University and LICENSEE agrees to preserve same.
      """;

  private static final String PLACE = "/net/sf/extjwnl/data/wordnet/wn31/";
  private static final Map<String, String> PARTS =
      Map.of("n", "noun", "v", "verb", "a", "adj", "r", "adv");
  private static final Map<Character, String> TYPES =
      Map.of('1', "n", '2', "v", '3', "a", '4', "r", '5', "a");

  /** Numbers of the first columns of a line of data, and how long a pointer is. */
  private static final int WORDS_FROM = 4;

  private static final int POINTER = 4;

  final Map<String, Synset> synsets = new HashMap<>();
  final Set<String> names = new HashSet<>();
  private final Map<String, List<String>> senses = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();

  /**
   * Words of one meaning.
   *
   * @param id its part of speech and place
   * @param kind number of the lexicographers' file, such as 18 for persons
   */
  record Synset(String id, int kind, List<String> words, List<Pointer> pointers) {

    String part() {
      return id.substring(0, 1);
    }
  }

  /**
   * From a word of one set to a word of another; word 0 is the set as a whole.
   *
   * @param symbol such as "!" for an opposite, "+" for a derived form
   */
  record Pointer(String symbol, String target, int from, int to) {}

  static WordNet read() {
    var net = new WordNet();
    PARTS.forEach((part, file) -> {
      lines("data." + file).forEach(line -> net.synset(part, line));
      lines("index." + file).forEach(line -> net.index(part, line));
    });
    lines("index.sense").forEach(net::count);
    return net;
  }

  private static List<String> lines(String file) {
    try (InputStream input =
            Objects.requireNonNull(WordNet.class.getResourceAsStream(PLACE + file), file);
        var reader = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.startsWith(" ")).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private void synset(String part, String line) {
    String[] columns = line.split(" ");
    int count = Integer.parseInt(columns[3], 16);
    var words = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      String word = columns[WORDS_FROM + 2 * i].replaceFirst("\\(.*\\)$", "");
      String lower = word.toLowerCase(Locale.ROOT);
      words.add(lower);
      if (!lower.equals(word)) {
        names.add(lower);
      }
    }
    int at = WORDS_FROM + 2 * count;
    var pointers = new ArrayList<Pointer>();
    for (int i = 0; i < Integer.parseInt(columns[at]); i++) {
      int from = at + 1 + POINTER * i;
      String ends = columns[from + 3];
      pointers.add(
          new Pointer(
              columns[from],
              columns[from + 2] + columns[from + 1],
              Integer.parseInt(ends.substring(0, 2), 16),
              Integer.parseInt(ends.substring(2), 16)));
    }
    String id = part + columns[0];
    synsets.put(id, new Synset(id, Integer.parseInt(columns[1]), words, List.copyOf(pointers)));
  }

  private void index(String part, String line) {
    String[] columns = line.split(" ");
    int first = WORDS_FROM + Integer.parseInt(columns[3]) + 2;
    senses.put(
        part + columns[0],
        Arrays.stream(columns).skip(first).filter(id -> !id.isEmpty()).map(part::concat).toList());
  }

  private void count(String line) {
    String[] columns = line.split(" ");
    int percent = columns[0].indexOf('%');
    String part = TYPES.getOrDefault(columns[0].charAt(percent + 1), "");
    String word = columns[0].substring(0, percent);
    counts.put(part + columns[1] + word, Integer.valueOf(columns[3]));
  }

  /** The meanings of {@code word} as a {@code part} of speech, the commonest first. */
  List<Synset> senses(String part, String word) {
    return senses.getOrDefault(part + word, List.of()).stream()
        .map(synsets::get)
        .filter(Objects::nonNull)
        .toList();
  }

  /** How often {@code word} was met in {@code sense}. */
  int count(Synset sense, String word) {
    return counts.getOrDefault(sense.id() + word, 0);
  }

  /** How often {@code word} was met as a {@code part} of speech. */
  int count(String part, String word) {
    return senses(part, word).stream().mapToInt(sense -> count(sense, word)).sum();
  }

  /** Where {@code sense} stands among those of {@code word}; 0 is the commonest. */
  int rank(Synset sense, String word) {
    return senses(sense.part(), word).indexOf(sense);
  }

  /**
   * How likely {@code word}, where it is this part of speech, is meant in {@code sense}: by how
   * often it was met so, with less for each rank where it was not met at all.
   */
  double likelihood(Synset sense, String word) {
    double all = 0;
    double wanted = 0;
    List<Synset> senses = senses(sense.part(), word);
    for (int i = 0; i < senses.size(); i++) {
      double weight = count(senses.get(i), word) + 1.0 / (i + 1);
      all += weight;
      wanted += senses.get(i).equals(sense) ? weight : 0;
    }
    return all == 0 ? 0 : wanted / all;
  }

  /** How likely {@code word} is this {@code part} of speech. */
  double share(String part, String word) {
    double all = 0;
    for (String each : PARTS.keySet()) {
      all += senses(each, word).isEmpty() ? 0 : count(each, word) + 1;
    }
    return all == 0 ? 0 : (count(part, word) + 1) / all;
  }
}
