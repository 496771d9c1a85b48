package io.ccrelay.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ccrelay.launch.VertxFactory;
import io.ccrelay.testing.Await;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;

/**
 * The dashboard of a relay with live traffic, in a real browser. With {@code -Dscreenshots=DIR} it
 * leaves pictures of what it saw there.
 */
@Tag("slow")
class DashboardBrowserTest {

  private static final Path BROWSER = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

  private static Vertx vertx;
  private static Demo demo;
  private static ChromeDriver browser;

  @BeforeAll
  static void open() {
    assumeTrue(
        Files.isExecutable(BROWSER) && Files.isExecutable(DRIVER),
        "no " + BROWSER + " and " + DRIVER + ": the dashboard is not tried in a browser");
    vertx = VertxFactory.create();
    demo = Await.result(Demo.start(vertx));
    var options =
        new ChromeOptions()
            .addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--window-size=1280,1000");
    options.setBinary(BROWSER.toFile());
    options.setCapability("goog:loggingPrefs", Map.of(LogType.BROWSER, "ALL"));
    var service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(DRIVER.toFile())
            .usingAnyFreePort()
            .build();
    browser = new ChromeDriver(service, options);
    Await.result(demo.run(400, () -> {}));
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.quit();
    }
    if (vertx != null) {
      Await.result(vertx.close());
    }
  }

  @BeforeEach
  void load() {
    browser.get(demo.managementUrl());
    until("the feed", () -> text("state").equals("ready") && !text("requests").equals("–"));
  }

  @Test
  void theTotalsAndTablesAreThoseOfTheTraffic() {
    assertTrue(Integer.parseInt(text("requests").replaceAll("\\D", "")) >= 400);
    assertTrue(text("hit-rate").endsWith("%"));
    assertFalse(rows("models").isEmpty());
    assertFalse(rows("lines").isEmpty());
    assertFalse(rows("keys").isEmpty());
    assertFalse(rows("scopes").isEmpty());
    assertTrue(rows("providers").getFirst().getText().contains("answers"));
    choose("only-outcome", "miss");
    assertFalse(rows("lines").isEmpty());
    assertTrue(rows("lines").stream().allMatch(row -> row.getText().contains("miss")));
  }

  @Test
  void requestsThatWereAnsweredBeforeThePageWasOpenedAreShown() {
    until("quiet", () -> readings() > 2);
    long before = readings();
    until("a feed without news", () -> readings() > before + 1);
    load();
    until("the earlier requests", () -> rows("lines").size() == 100);
    assertFalse(text("miss-time").equals("–"));
    assertEquals("This relay stands alone.", text("cluster"));
  }

  @Test
  void aScopeIsCountedFromTheListOfThoseThatAskMost() {
    Await.result(demo.run(100, () -> {}));
    until("scopes", () -> !rows("scopes").isEmpty());
    rows("scopes").getFirst().findElement(By.tagName("button")).click();
    until("the count", () -> text("purge-result").endsWith("entries would go."));
    assertTrue(byId("purge-value").getDomProperty("value").matches("[0-9a-f]{12}"));
  }

  @Test
  void entriesAreListedFoundLookedAtAndDeleted() {
    submit("list");
    until("entries", () -> !rows("held").isEmpty());
    String model = rows("held").getFirst().findElements(By.tagName("td")).get(1).getText();
    byId("list-model").sendKeys(model);
    submit("list");
    until(
        "entries of one model",
        () ->
            !rows("held").isEmpty()
                && rows("held").stream().allMatch(row -> row.getText().contains(model)));
    rows("held").getFirst().findElement(By.tagName("button")).click();
    until("the entry", () -> text("entry").contains("\"storedAt\""));
    String key = byId("search-key").getDomProperty("value");
    byId("entry-content").click();
    until("its content", () -> text("entry-body").contains("\"content\""));
    byId("entry-delete").click();
    until("its end", () -> text("entry").equals("Deleted."));
    submit("search");
    until("nothing", () -> text("entry").contains("No entry under this key"));
    assertTrue(key.matches("[0-9a-f]{64}"), key);
  }

  @Test
  void aRequestIsExplained() {
    byId("explain-request")
        .sendKeys(
            "{\"path\": \"/v1/messages\", \"headers\": {\"x-api-key\": \"k\"}, \"body\":"
                + " {\"model\": \"claude-none\", \"max_tokens\": 5, \"messages\":"
                + " [{\"role\": \"user\", \"content\": \"never asked\"}]}}");
    submit("explain");
    until("the explanation", () -> text("explanation").contains("\"outcome\": \"miss\""));
    assertTrue(text("explanation").contains("differs"), text("explanation"));
  }

  @Test
  void aPurgeIsCountedFirstAndThenDone() {
    Await.result(demo.run(100, () -> {}));
    choose("purge-by", "all");
    submit("purge");
    until("the count", () -> text("purge-result").endsWith("entries would go."));
    assertFalse(text("purge-result").startsWith("0 "));
    byId("purge-now").click();
    until("the purge", () -> text("purge-result").endsWith("entries are gone."));
    submit("list");
    until("none", () -> text("list-state").startsWith("0 shown"));
  }

  @Test
  void itLooksRightInEveryLight() throws IOException {
    var traffic = demo.run(6000, () -> {});
    picture("dashboard-light", 1280, 1000, "light");
    picture("dashboard-dark", 1280, 1000, "dark");
    picture("dashboard-narrow", 400, 1000, "light");
    assertFalse(traffic.failed());
    assertTrue(
        (Boolean)
            browser.executeScript(
                "let it = document.documentElement; return it.scrollWidth <= it.clientWidth"),
        "nothing sticks out of a narrow screen");
    var errors =
        browser.manage().logs().get(LogType.BROWSER).getAll().stream()
            .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
            .filter(entry -> !entry.getMessage().contains("/admin/c"))
            .filter(entry -> !entry.getMessage().contains("favicon"))
            .toList();
    assertEquals(List.of(), errors);
  }

  private static void picture(String name, int width, int height, String light) throws IOException {
    browser.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", light))));
    browser.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    browser.get(demo.managementUrl());
    long before = readings();
    until(
        "a few readings",
        () ->
            readings() > before + 4 && text("state").equals("ready") && rows("lines").size() > 10);
    byte[] png = browser.getScreenshotAs(OutputType.BYTES);
    String directory = System.getProperty("screenshots", "");
    if (!directory.isEmpty()) {
      Files.createDirectories(Path.of(directory));
      Files.write(Path.of(directory, name + ".png"), png);
    }
    assertTrue(png.length > 10_000);
  }

  private static long readings() {
    return (Long) browser.executeScript("return Number(document.body.dataset.readings || 0)");
  }

  private static WebElement byId(String id) {
    return browser.findElement(By.id(id));
  }

  private static String text(String id) {
    return byId(id).getText();
  }

  private static void choose(String select, String option) {
    byId(select).findElement(By.xpath("option[.='" + option + "']")).click();
  }

  private static void submit(String form) {
    byId(form).findElement(By.cssSelector("button:not([type=button])")).click();
  }

  private static List<WebElement> rows(String table) {
    return byId(table).findElements(By.cssSelector("tbody tr"));
  }

  /** Asks again and again; what the page draws anew meanwhile does not count as an answer. */
  private static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (true) {
      try {
        if (condition.getAsBoolean()) {
          return;
        }
      } catch (org.openqa.selenium.StaleElementReferenceException drawnAnew) {
        assertTrue(System.nanoTime() < end, what);
      }
      assertTrue(System.nanoTime() < end, "waited for " + what);
      LockSupport.parkNanos(50_000_000);
    }
  }
}
