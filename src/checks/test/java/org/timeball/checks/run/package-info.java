/**
 * Whole runs, from the command to the answer that somebody else's client gets. They take their
 * time, so {@code scripts/test --quick} leaves them out.
 */
package org.timeball.checks.run;
