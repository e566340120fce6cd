package org.timeball.core.select;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What selection decided at one moment.
 *
 * @param selected name of the source that is followed
 * @param fates of every candidate, in the order given
 */
public record Selection(Optional<String> selected, Map<String, Fate> fates) {
  /** Nothing known yet. */
  public static final Selection NONE = new Selection(Optional.empty(), Map.of());

  /**
   * Finds the sources that are right and chooses one of them.
   *
   * <p>Differs from RFC 5905, section 11.2.1, in one rule: if trusted sources agree among
   * themselves, they alone decide the interval, because an appliance with one receiver would
   * otherwise follow three wrong servers.
   *
   * @param candidates names are unique
   * @param minimumSources how many must agree (MINSANE in RFC 5905, section 11.2.1), at least 1
   */
  public static Selection of(List<Candidate> candidates, int minimumSources) {
    Map<String, Fate> fates = new LinkedHashMap<>();
    for (Candidate c : candidates) {
      if (c.standing().noselect()) {
        fates.put(c.name(), Fate.NOSELECT);
      } else {
        fates.put(c.name(), c.fit() == Candidate.Fit.FIT ? Fate.NO_MAJORITY : Fate.of(c.fit()));
      }
    }
    List<Candidate> fit =
        candidates.stream()
            .filter(c -> c.fit() == Candidate.Fit.FIT && !c.standing().noselect())
            .toList();
    List<Candidate> trusted = fit.stream().filter(c -> c.standing().trust()).toList();
    Optional<Intersection> byTrust = Intersection.of(trusted);
    Optional<Intersection> shared = byTrust.isPresent() ? byTrust : Intersection.of(fit);
    if (shared.isEmpty()) {
      return new Selection(Optional.empty(), fates);
    }
    List<Candidate> right = fit.stream().filter(shared.get()::contains).toList();
    Fate wrong = byTrust.isPresent() ? Fate.OUTVOTED_BY_TRUST : Fate.FALSETICKER;
    boolean required = candidates.stream().anyMatch(c -> c.standing().require());
    Fate ofRight =
        right.size() < minimumSources
            ? Fate.TOO_FEW
            : required && right.stream().noneMatch(c -> c.standing().require())
                ? Fate.REQUIRED_MISSING
                : Fate.TRUECHIMER;
    for (Candidate c : fit) {
      fates.put(c.name(), right.contains(c) ? ofRight : wrong);
    }
    if (ofRight != Fate.TRUECHIMER) {
      return new Selection(Optional.empty(), fates);
    }
    Candidate best =
        right.stream()
            .min(
                Comparator.comparing((Candidate c) -> !c.standing().prefer())
                    .thenComparingInt(Candidate::stratum)
                    .thenComparingDouble(Candidate::rootDistance))
            .orElseThrow();
    fates.put(best.name(), Fate.SELECTED);
    return new Selection(Optional.of(best.name()), fates);
  }

  /** The same, but one of the candidates is followed for want of a better. */
  public Selection following(String name) {
    Map<String, Fate> changed = new LinkedHashMap<>(fates);
    changed.put(name, Fate.SELECTED);
    return new Selection(Optional.of(name), changed);
  }
}
