package org.timeball.platform.service;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;

/**
 * What an operator sends to a process. SIGTERM and SIGINT end the Java machine, which runs what was
 * left with {@link #onTermination} first; SIGHUP means "read the configuration again".
 */
public final class Signals {
  /** What becomes of a signal. */
  public enum Fate {
    /** What was asked for is run each time. */
    HANDLED,
    /** Whoever started the process, such as nohup, had it ignored, and it stays so. */
    IGNORED,
    /** This Java machine does not hand over signals: it is ended. */
    IMPOSSIBLE
  }

  private Signals() {}

  /** Runs this when SIGHUP comes, each time, on a thread of its own. */
  public static Fate onHangUp(Runnable action) {
    // The JDK has it in a class that is not part of the language's platform, and the compiler
    // refuses to see it; at run time every JDK has it.
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      MethodHandle run =
          MethodHandles.publicLookup()
              .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
              .bindTo(action);
      Object proxy =
          MethodHandleProxies.asInterfaceInstance(
              handler, MethodHandles.dropArguments(run, 0, signal));
      Object hangUp = signal.getConstructor(String.class).newInstance("HUP");
      Object before = signal.getMethod("handle", signal, handler).invoke(null, hangUp, proxy);
      return handler.getField("SIG_IGN").get(null).equals(before) ? Fate.IGNORED : Fate.HANDLED;
    } catch (ClassNotFoundException
        | NoSuchMethodException
        | NoSuchFieldException
        | InstantiationException
        | IllegalAccessException
        | InvocationTargetException e) {
      return Fate.IMPOSSIBLE;
    }
  }

  /** Runs this when the Java machine is about to end, whatever ends it but SIGKILL. */
  public static void onTermination(Runnable action) {
    Runtime.getRuntime().addShutdownHook(new Thread(action, "shutdown"));
  }
}
