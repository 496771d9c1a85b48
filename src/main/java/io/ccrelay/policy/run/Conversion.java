package io.ccrelay.policy.run;

import io.ccrelay.policy.TransformPolicy.JsonToXml;
import io.ccrelay.policy.TransformPolicy.XmlToJson;

/** {@code json-to-xml} and {@code xml-to-json}. */
final class Conversion {

  private Conversion() {}

  static void toXml(JsonToXml statement, Values values, Conversation conversation) {
    throw PolicyFailure.internal("json-to-xml", "NotSupported", "json-to-xml is not supported yet");
  }

  static void toJson(XmlToJson statement, Values values, Conversation conversation) {
    throw PolicyFailure.internal("xml-to-json", "NotSupported", "xml-to-json is not supported yet");
  }
}
