package org.timeball.core.source;

import org.timeball.core.refclock.RefclockSettings;
import org.timeball.core.select.Standing;
import org.timeball.time.ReferenceId;

/**
 * A reference clock as a source.
 *
 * @param referenceId what replies name while this source is followed
 */
public record SourceSettings(
    RefclockSettings refclock, ReferenceId referenceId, Standing standing) {}
