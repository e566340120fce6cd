package org.timeball.checks.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.timeball.core.fixtures.CoreThatKeepsTime;
import org.timeball.core.fixtures.CoreThatLogs;
import org.timeball.core.fixtures.CoreThatOpensAFile;
import org.timeball.core.fixtures.CoreThatRollsDice;
import org.timeball.core.fixtures.CoreThatStartsAThread;
import org.timeball.core.fixtures.CoreThatUsesALibrary;
import org.timeball.core.fixtures.circle.OneEnd;
import org.timeball.core.fixtures.circle.other.OtherEnd;
import org.timeball.server.fixtures.ServerThatCallsLinux;
import org.timeball.server.fixtures.ServerThatEncrypts;
import org.timeball.server.fixtures.ServerThatExits;
import org.timeball.server.fixtures.ServerThatParsesArguments;
import org.timeball.server.fixtures.ServerThatReadsTheClock;
import org.timeball.server.fixtures.ServerThatSleeps;
import org.timeball.sim.fixtures.SimulationNobodyCanRepeat;
import org.timeball.sim.fixtures.SimulationThatReadsConfiguration;
import org.timeball.spi.fixtures.ContractThatKnowsTheCore;
import org.timeball.time.fixtures.TimeThatKnowsTheCore;

/** What may use what, why, and bad classes that each wall must stop. */
final class Walls {
  static final List<Wall> ALL =
      List.of(
          wall(
              "time stands alone",
              onlyUses("time", "org.timeball.time.."),
              "everybody speaks its words, so it may not know anybody",
              TimeThatKnowsTheCore.class),
          wall(
              "core uses time alone",
              onlyUses("core", "org.timeball.core..", "org.timeball.time.."),
              "decisions need no library, and the simulator runs them on any machine",
              CoreThatUsesALibrary.class),
          wall(
              "the driver contract uses time alone",
              onlyUses("spi", "org.timeball.spi..", "org.timeball.time.."),
              "whoever writes a driver should have to learn one small package",
              ContractThatKnowsTheCore.class),
          wall(
              "Linux is touched in platform",
              onlyIn(
                  "platform",
                  "com.sun.jna..",
                  "com.fazecast..",
                  "com.pi4j..",
                  "java.lang.foreign.."),
              "device trouble should live in one room",
              ServerThatCallsLinux.class),
          wall(
              "Bouncy Castle stays in crypto",
              onlyIn("crypto", "org.bouncycastle.."),
              "a change of cryptographic library should change one room",
              ServerThatEncrypts.class),
          wall(
              "Netty and TOML stay in server",
              onlyIn("server", "io.netty..", "org.tomlj.."),
              "who reads a request or a file hands on values, not library types",
              SimulationThatReadsConfiguration.class),
          wall(
              "arguments are parsed in cli",
              onlyIn("cli", "picocli.."),
              "the daemon must run without a command line",
              ServerThatParsesArguments.class),
          wall(
              "clocks are read in platform",
              noClasses()
                  .that()
                  .resideOutsideOfPackage("org.timeball.platform..")
                  .should()
                  .accessTargetWhere(Reach.A_CLOCK),
              "time is asked for, not taken: the same code runs in the simulator's time",
              CoreThatKeepsTime.class,
              ServerThatReadsTheClock.class),
          wall(
              "only platform sleeps",
              noClasses()
                  .that()
                  .resideOutsideOfPackage("org.timeball.platform..")
                  .should()
                  .accessTargetWhere(Reach.A_PAUSE),
              "a sleeping thread answers nobody; ask to be woken instead",
              ServerThatSleeps.class),
          wall(
              "randomness is handed in",
              noClasses()
                  .that()
                  .resideOutsideOfPackages("org.timeball.platform..", "org.timeball.sim..")
                  .should()
                  .accessTargetWhere(Reach.A_GENERATOR),
              "platform draws it from the kernel, sim from a seed",
              CoreThatRollsDice.class),
          wall(
              "a seed repeats a simulation",
              noClasses()
                  .that()
                  .resideInAPackage("org.timeball.sim..")
                  .should()
                  .accessTargetWhere(Reach.CHANCE),
              "a failure that cannot be repeated cannot be mended",
              SimulationNobodyCanRepeat.class),
          wall(
              "decisions start no thread",
              noClasses().that(are(pure())).should().dependOnClassesThat(Reach.THREADS),
              "one thread owns the brain, and the simulator steps it",
              CoreThatStartsAThread.class),
          wall(
              "decisions do not touch the world",
              noClasses().that(are(pure())).should().dependOnClassesThat(Reach.THE_WORLD),
              "what happens outside arrives as an argument and leaves as an action",
              CoreThatOpensAFile.class,
              CoreThatLogs.class),
          wall(
              "only the command ends the process",
              noClasses()
                  .that()
                  .resideOutsideOfPackage("org.timeball.cli..")
                  .should()
                  .callMethod(System.class, "exit", int.class)
                  .orShould()
                  .accessField(System.class, "out"),
              "who is called does not know what else runs, nor who reads standard output",
              ServerThatExits.class),
          wall(
              "no package cycles",
              slices().matching("org.timeball.(**)").should().beFreeOfCycles(),
              "a package that can be understood alone can be changed alone",
              OneEnd.class,
              OtherEnd.class));

  private Walls() {}

  private static Wall wall(String name, ArchRule rule, String reason, Class<?>... badClasses) {
    return new Wall(name, rule.because(reason).allowEmptyShould(true), List.of(badClasses));
  }

  /** The walls of one driver, given all of its classes, whatever their packages are called. */
  static List<ArchRule> ofADriver(JavaClasses driver) {
    DescribedPredicate<JavaClass> own =
        DescribedPredicate.describe(
            "its own classes", type -> driver.contains(type.getBaseComponentType()));
    DescribedPredicate<JavaClass> contract =
        resideInAnyPackage("java..", "org.timeball.spi..", "org.timeball.time..")
            .as("the driver contract");
    return List.of(
        classes().should().onlyDependOnClassesThat(own.or(contract)).allowEmptyShould(true),
        noClasses().should().dependOnClassesThat(Reach.THREADS).allowEmptyShould(true),
        noClasses().should().dependOnClassesThat(Reach.THE_WORLD).allowEmptyShould(true));
  }

  private static ArchRule onlyUses(String room, String... packages) {
    return classes()
        .that()
        .resideInAPackage("org.timeball." + room + "..")
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(packages).or(resideInAnyPackage("java..")));
  }

  private static ArchRule onlyIn(String room, String... packages) {
    return noClasses()
        .that()
        .resideOutsideOfPackage("org.timeball." + room + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages);
  }

  private static DescribedPredicate<JavaClass> pure() {
    return resideInAnyPackage("org.timeball.time..", "org.timeball.spi..", "org.timeball.core..")
        .as("in time, spi or core");
  }
}
