package org.timeball.core.brain;

import java.util.List;
import java.util.Optional;
import org.timeball.core.discipline.Combination;
import org.timeball.core.discipline.JointEstimator;
import org.timeball.core.discipline.TimeEstimate;
import org.timeball.core.source.ServerSource;

/** What servers that agree know together, which is more than the best of them does. */
final class ServersTogether {
  private static final int SEVERAL = 2;

  private final JointEstimator joint = new JointEstimator();

  /** A server was found to be wrong. */
  void exclude(ServerSource wrong) {
    joint.exclude(wrong.estimator());
  }

  /**
   * What they know together at a moment; empty if there is but one, and the others are forgotten
   * that were there before.
   *
   * @param right servers that are right, all of them with a belief
   */
  Optional<TimeEstimate> at(List<ServerSource> right, long nowRaw) {
    List<JointEstimator.Member> members =
        right.stream().map(s -> new JointEstimator.Member(s.estimator(), s.part(nowRaw))).toList();
    List<Combination.Part> agreeing =
        Combination.agreeing(members.stream().map(JointEstimator.Member::part).toList());
    members.stream()
        .filter(m -> !agreeing.contains(m.part()))
        .forEach(m -> joint.exclude(m.server()));
    joint.take(members.stream().filter(m -> agreeing.contains(m.part())).toList());
    if (joint.isReady()) {
      return Optional.of(joint.at(nowRaw));
    }
    return agreeing.size() < SEVERAL ? Optional.empty() : Optional.of(Combination.of(agreeing));
  }

  /** Time itself was renumbered. */
  void shift(long nanos) {
    joint.shift(nanos);
  }
}
