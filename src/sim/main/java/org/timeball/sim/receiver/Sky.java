package org.timeball.sim.receiver;

import java.util.ArrayList;
import java.util.List;

/** Satellites that move and fade slowly, so that status has something to show. */
final class Sky {
  /** Three sentences of four, as a receiver under an open sky shows. */
  private static final int IN_VIEW = 12;

  /** A receiver uses what is high enough above the houses. */
  private static final int LOWEST_USED_DEGREES = 15;

  private static final int NUMBERS = 32;

  /** One satellite. */
  record Satellite(int number, int elevationDegrees, int azimuthDegrees, int signalDecibelHertz) {
    boolean isUsable() {
      return elevationDegrees >= LOWEST_USED_DEGREES && signalDecibelHertz > 0;
    }
  }

  private Sky() {}

  /** The sky at one second; signals are 0 while there is no antenna. */
  static List<Satellite> at(Moment moment) {
    List<Satellite> satellites = new ArrayList<>();
    for (int i = 0; i < IN_VIEW; i++) {
      // A satellite crosses the sky in about five hours; each has its own phase.
      double phase = Math.TAU * ((moment.sinceStart() / 36_000.0 + i / (double) IN_VIEW) % 1);
      int number = 1 + Math.floorMod((int) (moment.seed() * 7) + i * 5, NUMBERS);
      int elevation = (int) (45 + 40 * Math.sin(phase + i));
      int azimuth = Math.floorMod((int) Math.toDegrees(phase) + i * 61, 360);
      int signal = 28 + elevation / 4 - Math.floorMod(i + (int) (moment.sinceStart() / 7), 3);
      satellites.add(new Satellite(number, elevation, azimuth, moment.hasFix() ? signal : 0));
    }
    return satellites;
  }
}
