package io.ccrelay.semantic.guard;

import java.util.Map;
import java.util.Optional;

/**
 * Everyday words that mean the same in a request. Each line is one meaning; the first word stands
 * for all. Words that also mean something else of their own are left out.
 */
final class Synonyms {

  private static final Map<String, String> GROUPS =
      Words.groups(
          """
          create make build generate
          write draft compose
          fix repair correct
          remove delete erase eliminate
          begin start commence
          finish complete
          quit exit
          buy purchase
          obtain acquire
          big large
          biggest largest
          bigger larger
          small little
          smallest littlest
          fast quick rapid quickly rapidly
          faster quicker
          fastest quickest
          job position
          error mistake
          car automobile
          picture image photo photograph
          film movie
          doctor physician
          child kid
          sick ill
          choose select pick
          change modify alter
          improve enhance
          increase raise boost
          decrease reduce lower
          check verify
          allow permit
          use utilize utilise
          important significant
          problem issue
          approximately roughly
          smart intelligent clever
          rich wealthy
          sofa couch
          phone telephone
          tv television
          bicycle bike
          airplane plane aeroplane
          vacation holiday
          app application
          website site webpage
          benefit advantage pro upside
          drawback disadvantage con downside
          difference differ different differs
          similar alike similarity
          summarize summarise summary
          compare comparison
          replace replacement substitute
          convert conversion transform
          calculate compute calculation
          tip advice
          funny humorous
          infant baby
          author wrote writer
          spelling spell
          pronounce pronunciation
          translate translation
          install installation
          invent invention inventor
          discover discovery discoverer
          weigh weight
          explode explosion
          grow growth
          fail failure
          deliver delivery
          arrive arrival
          refund reimburse reimbursement
          ship shipping shipment
          cancel cancellation
          regex regexp
          repo repository
          config configuration
          database db
          laptop notebook
          cellphone smartphone
          gas petrol
          soccer football
          """);

  private Synonyms() {}

  /** The word that stands for {@code word}, if it has a synonym here. */
  static Optional<String> find(String word) {
    return Optional.ofNullable(GROUPS.get(word));
  }
}
