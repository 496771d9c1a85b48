package io.ccrelay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.testing.SourceFormat;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FormatTest {

  @Test
  void everySourceIsFormattedByGoogleJavaFormat() throws Exception {
    var unformatted = new ArrayList<String>();
    for (var source : SourceFormat.sources()) {
      String text = Files.readString(source);
      if (!SourceFormat.formatted(text).equals(text)) {
        unformatted.add(source.toString());
      }
    }
    assertEquals(List.of(), unformatted, "run: mvn -q -Pformat test-compile");
  }
}
