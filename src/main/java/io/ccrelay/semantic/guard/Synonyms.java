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
          cellphone smartphone
          accident mishap
          afraid scared
          angry mad
          attempt try
          attorney lawyer
          beautiful pretty
          bucket pail
          cafe coffeehouse
          ceremony ritual
          cheap inexpensive
          clothes clothing
          collect gather
          correctly properly
          costly expensive
          crucial vital essential
          cure remedy
          damage harm
          danger hazard
          demonstrate illustrate
          diaper nappy
          employee worker
          enormous gigantic
          entire whole
          exam examination
          center centre
          theater theatre
          fiber fibre
          gray grey
          program programme
          catalog catalogue
          dialog dialogue
          license licence
          defense defence
          tire tyre
          aluminum aluminium
          jewelry jewellery
          mold mould
          cozy cosy
          liter litre
          meter metre
          eyeglasses glasses spectacles
          famous renowned
          fatal deadly lethal
          father dad
          mother mom mum
          flashlight torch
          freeway highway motorway
          fridge refrigerator
          garbage trash rubbish
          glue adhesive
          grandma grandmother
          grandpa grandfather
          happy glad
          hide conceal
          hire recruit
          identical same
          insane crazy
          journey trip
          jumper sweater
          loud noisy
          luggage baggage
          password passcode
          pavement sidewalk
          poison toxin
          postpone delay
          prevent avoid
          previous former
          prison jail
          quiet silent
          result outcome
          salary wage
          scientist researcher
          seller vendor
          several multiple
          shy timid
          signature autograph
          solve resolve
          stairs staircase
          story tale
          strange odd weird
          taxi cab
          teacher instructor
          throw toss
          tired exhausted
          toilet restroom
          trousers pants
          truck lorry
          ugly unattractive
          wonderful marvelous
          yell shout
          difficult tough
          easy simple
          often frequently
          help assist assistance
          insert add
          carpet rug
          colleague coworker
          flu influenza
          medication medicine
          infect infection
          diagnose diagnosis
          digest digestion
          breathe breathing
          folder directory
          environment env
          parameter param
          argument arg
          integer int
          boolean bool
          character char
          string str
          variable var
          javascript js
          typescript ts
          postgresql postgres
          mongodb mongo
          documentation docs
          statistics stats
          information info
          mathematics math maths
          maximum max
          minimum min
          average avg
          department dept
          government govt
          advertisement advert
          vegetable veggie
          appetizer starter
          aubergine eggplant
          courgette zucchini
          coriander cilantro
          prawn shrimp
          petrol gasoline
          assignment homework
          lawsuit litigation
          expense expenditure
          invest investment
          retire retirement
          inherit inheritance
          adopt adoption
          marry marriage married
          consume consumption
          produce production
          pollute pollution
          destroy destruction
          explore exploration
          evolve evolution
          erupt eruption
          construct construction
          combine merge
          fetch retrieve
          motivate motivation
          educate education
          organize organise organization organisation
          encrypt encryption
          authenticate authentication
          authorize authorization
          deploy deployment
          optimize optimise optimization optimisation
          implement implementation
          initialize initialise initialization
          validate validation
          allocate allocation
          execute execution
          compile compilation
          migrate migration
          integrate integration
          differentiate differentiation
          multiply multiplication
          divide division
          subtract subtraction
          derive derivation
          prove proof
          estimate estimation
          subscribe subscription
          submit submission
          depart departure
          protect protection
          immediately instantly
          almost nearly
          completely entirely totally fully
          enough sufficient
          extra additional
          accurate precise exact
          ache pain
          typical usual
          effect impact
          affect influence
          necessary required
          prohibit forbid ban
          seek search
          occur happen
          contain include
          halt cease
          present gift
          firm company
          customer client
          adult grownup
          likely probably
          permanently forever
          treat treatment
          annual yearly annually
          incorrect wrong
          huge massive
          tiny minuscule
          forest woods
          belly tummy stomach
          soccer football
          register registration
          analyze analyse analysis
          tenant renter
          aim goal
          approximate approx
          developer dev
          """);

  private Synonyms() {}

  /** The word that stands for {@code word}, if it has a synonym here. */
  static Optional<String> find(String word) {
    return Optional.ofNullable(GROUPS.get(word));
  }
}
