package org.timeball.core.select;

/**
 * What the operator thinks of a source.
 *
 * @param prefer chosen before others that are as right
 * @param trust never outvoted by sources that are not trusted
 * @param require nobody is followed unless one of those so marked agrees
 * @param noselect measured and shown, never followed
 */
public record Standing(boolean prefer, boolean trust, boolean require, boolean noselect) {
  /** Nothing particular. */
  public static final Standing PLAIN = new Standing(false, false, false, false);
}
