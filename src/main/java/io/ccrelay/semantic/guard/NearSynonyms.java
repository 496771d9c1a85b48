package io.ccrelay.semantic.guard;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Words that ask the same in a request although a dictionary tells them apart: one is what the
 * other does in most cases, or says the same of the things that people ask about. Pairs, not
 * groups: "cut" is "lower" and "trim" is "cut", but nothing follows for "trim" and "lower". Words
 * that are terms in computing, cooking, law or medicine of their own are left out.
 */
final class NearSynonyms {

  private static final Map<String, Set<String>> PAIRS =
      Words.opposites(
          """
          lower/cut lower/reduce reduce/cut reduce/decrease lower/decrease reduce/minimize
          raise/increase increase/improve improve/boost increase/grow improve/better
          enhance/improve strengthen/improve teach/train learn/study ask/request request/require
          ask_for/request end/stop stop/quit stop/prevent stop/cease end/finish kill/terminate
          cancel/terminate keep/store retain/keep save/store maintain/keep restore/recover
          restore/retrieve recover/retrieve regain/recover clear/empty clear/remove clear/delete
          clear/erase clean/wash dispute/contest challenge/contest dispute/challenge exit/leave
          quit/leave update/change edit/change edit/modify adjust/change modify/update
          edit/update view/see view/show display/view look_at/view see/find locate/find
          discover/find obtain/get receive/get acquire/get list/show show/display print/display
          join/combine join/concatenate combine/concatenate check/test verify/test check/confirm
          verify/confirm test/determine check/determine validate/verify connect/link
          connect/hook_up attach/connect create/write generate/write create/produce prepare/make
          set_up/create set_up/establish start/launch begin/launch start/activate
          activate/enable deactivate/disable turn_off/deactivate answer/reply respond/reply
          respond/answer handle/manage deal_with/manage cope_with/handle cope_with/manage
          deal_with/handle fix/solve fix/resolve solve/correct repair/mend relieve/ease
          relieve/soothe relieve/treat treat/cure cure/heal ease/soothe get_rid_of/remove
          get_rid_of/stop get_rid_of/relieve get_rid_of/eliminate get_rid_of/kill lose/shed
          miss/skip avoid/prevent prevent/stop require/need demand/require necessary/needed
          mandatory/required compulsory/mandatory permit/let allow/let permitted/legal
          allowed/legal buy/get purchase/get order/buy pay/salary salary/income pay/wage
          income/earnings fee/cost price/fee charge/fee cost/expense fare/price fine/penalty
          punishment/penalty illness/disease sickness/illness disorder/disease symptom/sign
          medicine/drug medication/drug harmful/bad dangerous/harmful unhealthy/bad
          unsafe/dangerous hazardous/dangerous healthy/good beneficial/good useful/helpful
          harmful/unhealthy bad/unhealthy damaging/harmful toxic/poisonous best/top best/ideal
          ideal/perfect optimal/best optimal/ideal main/primary main/major main/chief main/key
          primary/principal common/frequent common/usual typical/common normal/usual
          normal/typical standard/usual hard/difficult tough/hard tricky/difficult easy/simple
          straightforward/simple straightforward/easy cheap/affordable affordable/inexpensive
          low-cost/cheap quickly/fast rapidly/fast swiftly/quickly promptly/quickly large/huge
          huge/enormous giant/huge tiny/little famous/well-known important/essential
          important/crucial vital/important key/important modern/contemporary faulty/defective
          scary/frightening amount/quantity number/quantity amount/sum part/component piece/part
          section/part kind/category type/category type/variety sort/variety reason/cause
          motive/reason effect/consequence effect/result outcome/consequence result/consequence
          impact/consequence advantage/merit benefit/plus drawback/downside weakness/drawback
          shortcoming/weakness feature/characteristic characteristic/property
          trait/characteristic goal/objective aim/objective purpose/objective goal/target
          job/position job/occupation profession/occupation career/profession job/role
          boss/manager coworker/teammate staff/employees firm/business company/business
          company/corporation luggage/bags trip/travel tour/trip itinerary/plan
          flat/apartment home/house street/road highway/freeway kid/children baby/newborn
          person/individual people/persons folks/people country/nation world/globe earth/world
          electricity/power rubbish/waste garbage/waste dish/meal dinner/supper lunch/luncheon
          slogan/motto text/passage rule/regulation law/legislation guideline/rule
          idea/suggestion tip/suggestion tip/hint suggestion/recommendation
          advice/recommendation method/technique strategy/approach test/exam sight/attraction
          attractions/landmarks speak/talk chat/talk trigger/cause provoke/cause happen/occur
          occur/arise form/develop evolve/develop decline/decrease collapse/fall build/construct
          erect/build ruin/destroy destroy/wreck protect/guard secure/protect defend/protect
          hide/conceal reveal/disclose explain/describe condense/summarize shorten/abbreviate
          rewrite/rephrase paraphrase/rephrase reword/rephrase paraphrase/rewrite
          proofread/check translate/render count/tally compute/determine calculate/determine
          find/calculate find/compute find/determine simplify/reduce throw_away/discard
          discard/dump dispose_of/discard contact/call arrive/come live/reside
          """);

  private NearSynonyms() {}

  /** Whether one may stand for the other, each by the forms it may have in a dictionary. */
  static boolean are(List<String> one, List<String> other) {
    for (String first : one) {
      Set<String> partners = PAIRS.getOrDefault(first, Set.of());
      if (!partners.isEmpty() && other.stream().anyMatch(partners::contains)) {
        return true;
      }
    }
    return false;
  }

  /** Whether one of {@code forms} has any. */
  static boolean has(List<String> forms) {
    return forms.stream().anyMatch(PAIRS::containsKey);
  }
}
