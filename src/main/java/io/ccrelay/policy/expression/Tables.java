package io.ccrelay.policy.expression;

/** Fills the tables of {@link Types}, the more general types first. */
final class Tables {

  private Tables() {}

  static void fill() {
    ObjectMembers.fill(Types.OBJECT);
    Linq.fill(Types.SEQUENCE);
    LinqOrder.fill(Types.SEQUENCE);
    LinqSets.fill(Types.SEQUENCE);
    Types.SEQUENCE.inherits(Types.OBJECT);
    LinqSets.fillGrouping(Types.GROUPING);
    StringMembers.fill(Types.STRING);
    CharMembers.fill(Types.CHAR);
    NumberMembers.fill();
    MathMembers.fill();
    ConvertMembers.fill();
    TimeMembers.fill(Types.TIME_SPAN);
    DateMembers.fill(Types.DATE_TIME);
    OffsetMembers.fill(Types.DATE_TIME_OFFSET);
    GuidMembers.fill(Types.GUID);
    UriMembers.fill(Types.URI);
    EncodingMembers.fill(Types.ENCODING);
    CryptoMembers.fill(Types.HASH);
    CertificateMembers.fill();
    RsaMembers.fill();
    CipherMembers.fill();
    ListMembers.fill(Types.LIST);
    ArrayMembers.fill(Types.ARRAY);
    DictionaryMembers.fill();
    BuilderMembers.fill(Types.BUILDER);
    RegexMembers.fill();
    JsonMembers.fill();
    ContextMembers.fill();
    MessageMembers.fill();
    Enums.fill();
    XmlMembers.fill();
    ByteMembers.fill();
    QueueMembers.fill();
    LineMembers.fill();
    ZoneMembers.fill();
  }
}
