package org.timeball.checks.fuzz;

import java.util.List;

/** All of them. */
final class FuzzTargets {
  static final List<String> NAMES = all().stream().map(FuzzTarget::name).toList();

  private FuzzTargets() {}

  /** New ones, because each remembers what it was given before. */
  static List<FuzzTarget> all() {
    return List.of(
        new TrailerTarget(),
        new ResponderTarget(),
        new SealedRequestTarget(),
        new ClientTarget(),
        new NtsReplyTarget(),
        new KeRequestTarget(),
        new KeResponseTarget(),
        new CookieTarget(),
        new CookieSecretsTarget(),
        new KeyFileTarget(),
        new PemTarget(),
        new ConfigurationTarget(),
        new NmeaTarget(),
        new LeapFileTarget(),
        new JsonTarget());
  }

  /** A new one of a name. */
  static FuzzTarget named(String name) {
    return all().stream()
        .filter(target -> target.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException("no fuzz target '" + name + "'; there are " + NAMES));
  }
}
