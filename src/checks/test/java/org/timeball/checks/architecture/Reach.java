package org.timeball.checks.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;

/** What a class may not reach for by itself, as ArchUnit asks for it. */
final class Reach {
  private static final Set<String> CLOCK_CALLS =
      Set.of(
          "java.lang.System.currentTimeMillis",
          "java.lang.System.nanoTime",
          "java.util.Calendar.getInstance",
          "java.time.InstantSource.system");

  private static final Set<String> PAUSES =
      Set.of(
          "java.lang.Thread.sleep",
          "java.util.concurrent.TimeUnit.sleep",
          "java.util.concurrent.locks.LockSupport.parkNanos",
          "java.util.concurrent.locks.LockSupport.parkUntil");

  private static final Set<String> CHANCE_CALLS =
      Set.of(
          "java.lang.Math.random",
          "java.lang.StrictMath.random",
          "java.util.UUID.randomUUID",
          "java.util.concurrent.ThreadLocalRandom.current",
          "java.security.SecureRandom.getInstance",
          "java.security.SecureRandom.getInstanceStrong",
          "java.util.random.RandomGenerator.getDefault",
          "java.util.random.RandomGenerator.of");

  private static final Set<String> GENERATORS =
      Set.of("java.util.Random", "java.util.SplittableRandom", "java.security.SecureRandom");

  /** Reads the machine's time, by whatever door. */
  static final DescribedPredicate<JavaAccess<?>> A_CLOCK =
      DescribedPredicate.describe("reads a clock of the machine", Reach::readsClock);

  /** Waits by the machine's time. */
  static final DescribedPredicate<JavaAccess<?>> A_PAUSE =
      DescribedPredicate.describe("sleeps", access -> PAUSES.contains(target(access)));

  /** Makes randomness that nobody can repeat. */
  static final DescribedPredicate<JavaAccess<?>> CHANCE =
      DescribedPredicate.describe("draws randomness that no seed repeats", Reach::drawsChance);

  /** Makes a generator, seeded or not. */
  static final DescribedPredicate<JavaAccess<?>> A_GENERATOR =
      DescribedPredicate.describe(
          "makes its own random generator", access -> drawsChance(access) || makes(access));

  /** A thread, or what runs threads. */
  static final DescribedPredicate<JavaClass> THREADS =
      DescribedPredicate.describe(
          "a thread or what runs one",
          type ->
              type.isAssignableTo(Thread.class)
                  || type.getFullName().startsWith("java.lang.Thread$")
                  || type.isAssignableTo(java.util.concurrent.Executor.class)
                  || type.isAssignableTo(java.util.concurrent.Executors.class)
                  || type.isAssignableTo(java.util.concurrent.CompletableFuture.class)
                  || type.isAssignableTo(java.util.Timer.class));

  /** Files, sockets, processes, loggers: everything outside of the process. */
  static final DescribedPredicate<JavaClass> THE_WORLD =
      DescribedPredicate.describe(
          "a file, a socket, a process or a logger",
          type -> {
            String name = type.getFullName();
            return name.startsWith("java.net.")
                || name.startsWith("java.nio.channels.")
                || name.startsWith("java.nio.file.")
                || name.startsWith("java.util.logging.")
                || name.startsWith("java.lang.System$Logger")
                || name.startsWith("java.lang.Process")
                || name.startsWith("java.io.File")
                || name.equals("java.io.RandomAccessFile");
          });

  private Reach() {}

  private static boolean readsClock(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getFullName();
    String name = access.getName();
    boolean javaTime = owner.startsWith("java.time.");
    return CLOCK_CALLS.contains(target(access))
        || (javaTime && name.equals("now"))
        || (owner.equals("java.time.Clock")
            && (name.startsWith("system") || name.startsWith("tick")))
        || (owner.equals("java.util.Date") && name.equals("<init>") && takesNothing(access));
  }

  private static boolean drawsChance(JavaAccess<?> access) {
    return CHANCE_CALLS.contains(target(access)) || (makes(access) && takesNothing(access));
  }

  private static boolean makes(JavaAccess<?> access) {
    return access.getName().equals("<init>")
        && GENERATORS.contains(access.getTargetOwner().getFullName());
  }

  private static boolean takesNothing(JavaAccess<?> access) {
    return access.getTarget().getFullName().endsWith("()");
  }

  private static String target(JavaAccess<?> access) {
    return access.getTargetOwner().getFullName() + "." + access.getName();
  }
}
