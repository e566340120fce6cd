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
  private Signals() {}

  /**
   * Runs this when SIGHUP comes, each time, on a thread of its own.
   *
   * @return false if this Java machine does not hand over signals; SIGHUP ends it then
   */
  public static boolean onHangUp(Runnable action) {
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
      signal.getMethod("handle", signal, handler).invoke(null, hangUp, proxy);
      return true;
    } catch (ClassNotFoundException
        | NoSuchMethodException
        | InstantiationException
        | IllegalAccessException
        | InvocationTargetException e) {
      return false;
    }
  }

  /** Runs this when the Java machine is about to end, whatever ends it but SIGKILL. */
  public static void onTermination(Runnable action) {
    Runtime.getRuntime().addShutdownHook(new Thread(action, "shutdown"));
  }
}
