package io.ccrelay.policy.run;

import io.ccrelay.policy.expression.value.JArray;
import io.ccrelay.policy.expression.value.JObject;
import io.ccrelay.policy.expression.value.JToken;
import io.ccrelay.policy.expression.value.JValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * XML as JSON: elements become members, equally named ones an array, attributes members with
 * {@code @} and text beside them {@code #text}; without these marks where scripts read it. Document
 * types and entities are refused.
 */
public final class XmlReader {

  private static final int DEEPEST = 100;

  private final XMLStreamReader in;
  private final boolean friendly;
  private final boolean arrays;

  private XmlReader(XMLStreamReader in, boolean friendly, boolean arrays) {
    this.in = in;
    this.friendly = friendly;
    this.arrays = arrays;
  }

  /**
   * The JSON of {@code xml}.
   *
   * @param friendly without marks in names
   * @param arrays whether every child element is an item of an array
   * @throws IllegalArgumentException if it is malformed, too deep, or has a document type
   */
  public static String toJson(String xml, boolean friendly, boolean arrays) {
    try {
      XMLStreamReader in = factory().createXMLStreamReader(new StringReader(xml));
      in.nextTag();
      var root = new JObject();
      root.set(in.getLocalName(), new XmlReader(in, friendly, arrays).element(0));
      return root.toJson(false);
    } catch (XMLStreamException malformed) {
      throw new IllegalArgumentException("malformed XML", malformed);
    }
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    return factory;
  }

  private JToken element(int depth) throws XMLStreamException {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException("XML is nested too deep");
    }
    var object = new JObject();
    for (int i = 0; i < in.getAttributeCount(); i++) {
      object.set((friendly ? "" : "@") + in.getAttributeLocalName(i), in.getAttributeValue(i));
    }
    var text = new StringBuilder();
    Map<String, List<JToken>> children = children(depth, text);
    children.forEach((name, items) ->
        object.set(name, items.size() == 1 && !arrays ? items.getFirst() : array(items)));
    String content = text.toString().strip();
    if (object.size() == 0) {
      return content.isEmpty() ? new JValue(null) : new JValue(content);
    }
    if (!content.isEmpty()) {
      object.set(friendly ? "text" : "#text", content);
    }
    return object;
  }

  private Map<String, List<JToken>> children(int depth, StringBuilder text)
      throws XMLStreamException {
    var children = new LinkedHashMap<String, List<JToken>>();
    while (in.next() != XMLStreamConstants.END_ELEMENT) {
      switch (in.getEventType()) {
        case XMLStreamConstants.START_ELEMENT -> {
          String name = in.getLocalName();
          children.computeIfAbsent(name, _ -> new ArrayList<>()).add(element(depth + 1));
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(in.getText());
        case XMLStreamConstants.ENTITY_REFERENCE, XMLStreamConstants.DTD ->
            throw new IllegalArgumentException("XML has entities of its own");
        default -> {}
      }
    }
    return children;
  }

  private static JArray array(List<JToken> items) {
    var array = new JArray();
    items.forEach(array::add);
    return array;
  }
}
