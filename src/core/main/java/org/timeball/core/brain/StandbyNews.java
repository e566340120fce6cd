package org.timeball.core.brain;

import java.util.Optional;
import org.timeball.core.Notices;
import org.timeball.core.select.Fate;

/** Tells operators of a standby unit when it takes over from its partner and when it hands back. */
final class StandbyNews {
  private final Optional<Role.Standby> standby;
  private final Notices notices;
  private boolean followed;

  StandbyNews(Optional<Role.Standby> standby, Notices notices) {
    this.standby = standby;
    this.notices = notices;
  }

  /** Once a turn. */
  void tell(Truth truth) {
    if (standby.isEmpty()) {
      return;
    }
    String partner = standby.get().partner();
    Optional<String> selected = truth.selection().selected();
    boolean follows = selected.equals(Optional.of(partner));
    if (follows != followed) {
      followed = follows;
      if (follows) {
        notices.info("standby: follows %s", partner);
      } else {
        Fate fate = truth.selection().fates().getOrDefault(partner, Fate.NOT_PROVEN);
        notices.warning(
            "standby: takes over from %s (%s), by %s",
            partner,
            fate == Fate.TRUECHIMER ? "its error may be too large" : fate.reason(),
            selected.orElse("holding over"));
      }
    }
  }
}
