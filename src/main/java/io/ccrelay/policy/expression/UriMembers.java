package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.ClrException;
import io.ccrelay.policy.expression.value.Uri;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** {@code System.Uri} and {@code System.Net.WebUtility}. */
final class UriMembers {

  private UriMembers() {}

  static void fill(ClrType type) {
    type.property("AbsoluteUri", "string", a -> absolute(a).absolute())
        .property("AbsolutePath", "string", a -> absolute(a).path())
        .property("LocalPath", "string", a -> Escapes.decode(absolute(a).path()))
        .property("Host", "string", a -> absolute(a).host())
        .property("DnsSafeHost", "string", a -> absolute(a).host())
        .property("Port", "int", a -> absolute(a).port())
        .property("Query", "string", a -> absolute(a).query())
        .property("Fragment", "string", a -> absolute(a).fragment())
        .property("Scheme", "string", a -> absolute(a).scheme())
        .property("Authority", "string", a -> absolute(a).authority())
        .property("PathAndQuery", "string", a -> absolute(a).path() + absolute(a).query())
        .property("Segments", "Array", a -> absolute(a).segments().toArray())
        .property("OriginalString", "string", a -> uri(a).original())
        .property("IsAbsoluteUri", "bool", a -> uri(a).isAbsolute())
        .property("IsDefaultPort", "bool", a -> absolute(a).isDefaultPort())
        .method("GetLeftPart", 1, 1, "string", UriMembers::leftPart)
        .function("EscapeDataString", 1, 1, "string", a -> a.made(Escapes.data(a.text(0))))
        .function("EscapeUriString", 1, 1, "string", a -> a.made(Escapes.uri(a.text(0))))
        .function("UnescapeDataString", 1, 1, "string", a -> a.made(Escapes.decode(a.text(0))))
        .function("IsWellFormedUriString", 1, 2, "bool", UriMembers::isWellFormed)
        .function("TryCreate", 3, 3, "bool", UriMembers::tryCreate)
        .constructor(1, 2, UriMembers::create)
        .inherits(Types.OBJECT);
    Types.declare("System.Net", "WebUtility", "", value -> false)
        .function("UrlEncode", 1, 1, "string", a -> converted(a, Escapes::form))
        .function("UrlDecode", 1, 1, "string", a -> converted(a, Escapes::formDecode))
        .function("HtmlEncode", 1, 1, "string", a -> converted(a, Escapes::html))
        .function("HtmlDecode", 1, 1, "string", a -> converted(a, Escapes::htmlDecode));
  }

  private static @Nullable String converted(Args a, UnaryOperator<String> conversion) {
    return a.get(0) == null ? null : a.made(conversion.apply(a.text(0)));
  }

  private static Uri uri(Args a) {
    return a.self(Uri.class);
  }

  private static Uri absolute(Args a) {
    if (!uri(a).isAbsolute()) {
      throw ClrException.operation("This operation is not supported for a relative URI.");
    }
    return uri(a);
  }

  private static String leftPart(Args a) {
    Uri uri = absolute(a);
    String start = uri.scheme() + "://";
    return switch (a.enumeration(0).name()) {
      case "Scheme" -> start;
      case "Authority" -> start + uri.authority();
      case "Path" -> start + uri.authority() + uri.path();
      default -> start + uri.authority() + uri.path() + uri.query();
    };
  }

  private static boolean isWellFormed(Args a) {
    try {
      boolean absolute = a.get(0) != null && new URI(a.text(0)).isAbsolute();
      return absolute
          || (a.has(1) && !a.enumeration(1).name().equals("Absolute") && a.get(0) != null);
    } catch (URISyntaxException none) {
      return false;
    }
  }

  private static boolean tryCreate(Args a) {
    Uri uri = a.get(0) == null ? null : Uri.read(a.text(0));
    boolean absolute = a.enumeration(1).name().equals("Absolute");
    return a.tried(2, uri == null || (absolute && !uri.isAbsolute()) ? null : uri, null);
  }

  private static Uri create(Args a) {
    if (a.size() == 1) {
      return Uri.of(a.text(0));
    }
    if (a.get(0) instanceof Uri base) {
      String relative = a.get(1) instanceof Uri uri ? uri.toString() : a.text(1);
      Uri parsed = Uri.read(relative);
      return Uri.of(
          parsed == null ? base.absolute() : base.parts().resolve(parsed.parts()).toString());
    }
    Uri uri = Uri.read(a.text(0));
    boolean absolute = a.enumeration(1).name().equals("Absolute");
    return uri == null || absolute ? Uri.of(a.text(0)) : uri;
  }
}
