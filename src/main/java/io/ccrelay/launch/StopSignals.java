package io.ccrelay.launch;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The signals that end the process: the first asks for an orderly end, the second ends at once.
 * Without a handler the Java machine would run its shutdown hooks on the first and ignore the
 * second.
 */
public final class StopSignals {

  private static final int TERMINATED = 128 + 15;

  private StopSignals() {}

  /** Calls {@code orderly} once, on a thread of its own, at the first signal. */
  public static void handle(Runnable orderly) {
    var asked = new AtomicBoolean();
    Runnable handler =
        () -> {
          if (asked.compareAndSet(false, true)) {
            Thread.ofPlatform().name("stop").start(orderly);
          } else {
            Runtime.getRuntime().halt(TERMINATED);
          }
        };
    if (!install("TERM", handler) || !install("INT", handler)) {
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(orderly));
    }
  }

  /** By reflection: the only interface there is may be missing, and compiling against it warns. */
  private static boolean install(String name, Runnable handler) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              StopSignals.class.getClassLoader(),
              new Class<?>[] {handlerType},
              (self, method, arguments) ->
                  switch (method.getName()) {
                    case "handle" -> {
                      handler.run();
                      yield null;
                    }
                    case "equals" ->
                        System.identityHashCode(self) == System.identityHashCode(arguments[0]);
                    case "hashCode" -> System.identityHashCode(self);
                    default -> "StopSignals";
                  });
      Object of = signal.getConstructor(String.class).newInstance(name);
      signal.getMethod("handle", signal, handlerType).invoke(null, of, proxy);
      return true;
    } catch (ReflectiveOperationException | RuntimeException unavailable) {
      return false;
    }
  }
}
