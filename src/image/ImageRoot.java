import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Lays out the file system of the container image: {@code java src/image/ImageRoot.java JAR OUT}.
 *
 * <p>Three trees, from what changes seldom to what changes often, each a layer of the image: {@code
 * OUT/system} is the C library and what else native code is linked to, as this machine has it;
 * {@code OUT/java} a Java runtime of the modules the jar needs, made from the Java that runs this;
 * {@code OUT/app} the jar, its options, and a cache of loaded and linked classes.
 */
final class ImageRoot {

  /** The time of every file: equal contents make equal layers, and the cache fits its jar. */
  private static final FileTime LONG_AGO = FileTime.fromMillis(1000);

  /** Found by name only: members of a cluster in the DNS, archives. */
  private static final String NAMED_MODULES = ",jdk.naming.dns,jdk.zipfs";

  /** Screens, fonts and sound: of java.desktop only the beans are used. */
  private static final String SCREEN =
      "**/libawt*.so,**/libjawt.so,**/libsplashscreen.so,**/libjsound.so,**/libfontmanager.so,"
          + "**/libfreetype.so,**/liblcms.so,**/libjavajpeg.so,**/libmlib_image.so";

  private static final Map<String, String> ACCOUNTS =
      Map.of(
          "nsswitch.conf", "hosts: files dns\n",
          "passwd", "root:x:0:0:root:/:/none\nnobody:x:65534:65534:nobody:/tmp:/none\n",
          "group", "root:x:0:\nnogroup:x:65534:\n");

  /** The image has no shell and no curl, so the program asks itself. Times in nanoseconds. */
  private static final String EMPTY_IMAGE =
      """
      {"architecture":"%s","os":"linux",
      "config":{"Healthcheck":{"Test":["CMD","/opt/java/bin/java","-XX:TieredStopAtLevel=1",
      "-Xmx32m","-jar","/opt/cc-relay/cc-relay.jar","status"],
      "Interval":30000000000,"Timeout":6000000000,"StartPeriod":10000000000,"Retries":3}},
      "rootfs":{"type":"layers","diff_ids":[]},"history":[]}
      """;

  private final Path jar;
  private final Path out;

  private ImageRoot(Path jar, Path out) {
    this.jar = jar.toAbsolutePath();
    this.out = out.toAbsolutePath();
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    new ImageRoot(Path.of(args[0]), Path.of(args[1])).make();
  }

  private void make() throws IOException, InterruptedException {
    delete(out);
    Path app = Files.createDirectories(out.resolve("app/opt/cc-relay"));
    Files.copy(jar, app.resolve("cc-relay.jar"));
    Files.copy(Path.of("conf/jvm.options"), app.resolve("jvm.options"));
    Path java = Files.createDirectories(out.resolve("java/opt")).resolve("java");
    link(java);
    Path system = Files.createDirectories(out.resolve("system"));
    Files.createDirectories(system.resolve("tmp"));
    Path etc = Files.createDirectories(system.resolve("etc"));
    for (var file : ACCOUNTS.entrySet()) {
      Files.writeString(etc.resolve(file.getKey()), file.getValue());
    }
    copyLibraries(java, system);
    describe();
    age();
    train(java, app);
    age();
  }

  /**
   * An image of no files, for Jib to build on: it can take a health check over, but not make one.
   */
  private void describe() throws IOException, InterruptedException {
    Path base = Files.createDirectories(out.resolve("base"));
    Files.writeString(
        base.resolve("manifest.json"), "[{\"Config\":\"config.json\",\"Layers\":[]}]");
    String processor = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    Files.writeString(
        base.resolve("config.json"), EMPTY_IMAGE.formatted(processor).replace("\n", ""));
    var process =
        new ProcessBuilder("tar", "-cf", "../base.tar", "manifest.json", "config.json")
            .directory(base.toFile())
            .inheritIO()
            .start();
    if (process.waitFor() != 0) {
      throw new IOException("tar failed");
    }
  }

  private void link(Path java) {
    String feature = String.valueOf(Runtime.version().feature());
    String named =
        tool(
            "jdeps",
            "--print-module-deps",
            "--ignore-missing-deps",
            "--multi-release",
            feature,
            jar.toString());
    tool(
        "jlink",
        "--strip-java-debug-attributes",
        "--no-header-files",
        "--no-man-pages",
        "--compress=zip-6",
        "--exclude-files=" + SCREEN,
        "--add-modules",
        named.strip() + NAMED_MODULES,
        "--output",
        java.toString());
  }

  /** What the runtime and the native code inside the jar are linked to; nothing of it is run. */
  private void copyLibraries(Path java, Path system) throws IOException, InterruptedException {
    Path natives = Files.createDirectories(out.resolve("natives"));
    var command = new ArrayList<String>(List.of("ldd"));
    try (var archive = FileSystems.newFileSystem(jar);
        Stream<Path> inside = Files.walk(archive.getPath("/"))) {
      for (Path one : inside.filter(ImageRoot::isNative).toList()) {
        Path copy = natives.resolve(command.size() + ".so");
        Files.copy(one, copy);
        command.add(copy.toString());
      }
    }
    try (Stream<Path> files = Files.walk(java)) {
      files
          .filter(it -> isNative(it) || Files.isExecutable(it) && Files.isRegularFile(it))
          .forEach(it -> command.add(it.toString()));
    }
    for (Path library : linked(command)) {
      Path copy = system.resolve(library.toString().substring(1));
      Files.createDirectories(copy.getParent());
      Files.copy(library, copy);
    }
    delete(natives);
  }

  private static boolean isNative(Path file) {
    return file.toString().endsWith(".so");
  }

  /** The absolute names in what {@code ldd} says; code of other processors has none. */
  private TreeSet<Path> linked(List<String> command) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    var libraries = new TreeSet<Path>();
    try (var lines = process.inputReader()) {
      lines
          .lines()
          .filter(line -> line.startsWith("\t") && line.contains(" ("))
          .map(line -> line.substring(line.indexOf('/') < 0 ? 0 : line.indexOf('/')).strip())
          .filter(line -> line.startsWith("/"))
          .map(line -> Path.of(line.substring(0, line.indexOf(" ("))))
          .filter(library -> !library.startsWith(out))
          .forEach(libraries::add);
    }
    process.waitFor();
    return libraries;
  }

  /**
   * A run that shows the Java machine what is needed at the start. Without it that takes longer.
   */
  private void train(Path java, Path app) throws IOException, InterruptedException {
    File log = out.resolve("training.log").toFile();
    int code =
        new ProcessBuilder(
                java.resolve("bin/java").toString(),
                "@" + app.resolve("jvm.options"),
                "-XX:AOTCacheOutput=" + app.resolve("cc-relay.aot"),
                "-jar",
                app.resolve("cc-relay.jar").toString(),
                "demo",
                "--once",
                "--requests",
                "60")
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start()
            .waitFor();
    if (code != 0) {
      throw new IOException("the program does not run on the image's Java: see " + log);
    }
  }

  private void age() throws IOException {
    try (Stream<Path> files = Files.walk(out)) {
      for (Path file : files.toList()) {
        Files.getFileAttributeView(file, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
            .setTimes(LONG_AGO, null, null);
      }
    }
  }

  private static void delete(Path tree) throws IOException {
    if (Files.exists(tree)) {
      try (Stream<Path> files = Files.walk(tree)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static String tool(String name, String... args) {
    var said = new StringWriter();
    var writer = new PrintWriter(said);
    if (ToolProvider.findFirst(name).orElseThrow().run(writer, writer, args) != 0) {
      throw new IllegalStateException(name + ": " + said);
    }
    return said.toString();
  }
}
