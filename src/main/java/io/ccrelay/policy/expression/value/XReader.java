package io.ccrelay.policy.expression.value;

import java.io.StringReader;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads XML by the JDK's reader. Document types are refused, and with them all entities but the
 * five of XML; blanks between elements are left out, as .NET does.
 */
public final class XReader {

  private static final int DEEPEST = 100;

  private final XMLStreamReader in;

  private XReader(XMLStreamReader in) {
    this.in = in;
  }

  /**
   * The document that {@code xml} is.
   *
   * @throws ClrException {@code XmlException} if it is none
   */
  public static XDocument read(String xml) {
    try {
      XMLStreamReader in = factory().createXMLStreamReader(new StringReader(xml));
      var document = new XDocument();
      new XReader(in).fill(document, 0);
      return document;
    } catch (XMLStreamException malformed) {
      throw new ClrException("XmlException", "The text is no well-formed XML.");
    }
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    return factory;
  }

  private void fill(XContainer container, int depth) throws XMLStreamException {
    if (depth > DEEPEST) {
      throw new ClrException("XmlException", "The elements are nested too deeply.");
    }
    while (in.hasNext()) {
      switch (in.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          XElement element = element();
          fill(element, depth + 1);
          container.add(List.of(element));
        }
        case XMLStreamConstants.END_ELEMENT, XMLStreamConstants.END_DOCUMENT -> {
          return;
        }
        case XMLStreamConstants.CHARACTERS -> {
          if (container instanceof XElement && !in.getText().isBlank()) {
            container.add(List.of(new XText(in.getText(), false)));
          }
        }
        case XMLStreamConstants.CDATA -> container.add(List.of(new XText(in.getText(), true)));
        case XMLStreamConstants.COMMENT -> container.add(List.of(new XComment(in.getText())));
        case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
            throw new ClrException("XmlException", "Document types are not allowed.");
        default -> {
          // Instructions and blanks say nothing here.
        }
      }
    }
  }

  private XElement element() {
    var element = new XElement(name(in.getNamespaceURI(), in.getLocalName()));
    for (int i = 0; i < in.getNamespaceCount(); i++) {
      String prefix = in.getNamespacePrefix(i);
      String uri = in.getNamespaceURI(i);
      element.set(
          prefix == null ? new XName("", "xmlns") : new XName(XName.XMLNS, prefix),
          uri == null ? XMLConstants.NULL_NS_URI : uri);
    }
    for (int i = 0; i < in.getAttributeCount(); i++) {
      element.set(
          name(in.getAttributeNamespace(i), in.getAttributeLocalName(i)), in.getAttributeValue(i));
    }
    return element;
  }

  private static XName name(@Nullable String namespace, String local) {
    return new XName(namespace == null ? "" : namespace, local);
  }
}
