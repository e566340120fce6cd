package org.timeball.platform.clock;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * {@code struct timex} of 64-bit Linux ({@code uapi/linux/timex.h}): 208 octets, the same on x86-64
 * and arm64, at fixed offsets. Belongs to one thread.
 */
final class Timex {
  static final int OCTETS = 208;

  static final int ADJ_OFFSET = 0x0001;
  static final int ADJ_FREQUENCY = 0x0002;
  static final int ADJ_MAXERROR = 0x0004;
  static final int ADJ_ESTERROR = 0x0008;
  static final int ADJ_STATUS = 0x0010;
  static final int ADJ_TIMECONST = 0x0020;
  static final int ADJ_TAI = 0x0080;
  static final int ADJ_SETOFFSET = 0x0100;
  static final int ADJ_NANO = 0x2000;
  static final int ADJ_TICK = 0x4000;

  static final int STA_PLL = 0x0001;
  static final int STA_INS = 0x0010;
  static final int STA_DEL = 0x0020;
  static final int STA_UNSYNC = 0x0040;
  static final int STA_NANO = 0x2000;

  static final int TIME_INS = 1;
  static final int TIME_DEL = 2;
  static final int TIME_OOP = 3;
  static final int TIME_WAIT = 4;

  /** Returned while STA_UNSYNC is set, whatever the leap state is. */
  static final int TIME_ERROR = 5;

  /** Frequencies are in ppm, times 2^16. */
  static final double FREQUENCY_UNIT = 1e-6 / 65_536;

  /** 500 ppm: MAXFREQ of the kernel, and what it says as its tolerance. */
  static final long LARGEST_FREQUENCY = 500L << 16;

  /** Microseconds of a tick at 100 ticks a second, without correction. */
  static final long NOMINAL_TICK = 10_000;

  /** A tick may be up to 10 % off. */
  static final long LARGEST_TICK_CHANGE = 1_000;

  private static final int MODES = 0;
  private static final int OFFSET = 8;
  private static final int FREQUENCY = 16;
  private static final int MAXIMUM_ERROR = 24;
  private static final int ESTIMATED_ERROR = 32;
  private static final int STATUS = 40;
  private static final int CONSTANT = 48;
  private static final int PRECISION = 56;
  private static final int TOLERANCE = 64;
  private static final int TIME_SECONDS = 72;
  private static final int TIME_FRACTION = 80;
  private static final int TICK = 88;
  private static final int TAI = 160;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final ByteBuffer octets;

  private Timex(ByteBuffer octets) {
    this.octets = octets;
  }

  /** One that asks for nothing: the kernel only fills it in. */
  static Timex reading() {
    return new Timex(ByteBuffer.allocateDirect(OCTETS).order(ByteOrder.nativeOrder()));
  }

  /** The same again, asking for nothing. */
  Timex cleared() {
    for (int i = 0; i < OCTETS; i += Long.BYTES) {
      octets.putLong(i, 0);
    }
    return this;
  }

  /** Another program's view of the same octets. */
  static Timex over(ByteBuffer octets) {
    return new Timex(octets);
  }

  ByteBuffer octets() {
    return octets;
  }

  private Timex mode(int mode) {
    octets.putInt(MODES, octets.getInt(MODES) | mode);
    return this;
  }

  int modes() {
    return octets.getInt(MODES);
  }

  Timex setFrequency(long scaledPpm) {
    octets.putLong(FREQUENCY, scaledPpm);
    return mode(ADJ_FREQUENCY);
  }

  /** For the kernel's loop; the nanoseconds are between ±0.5 s, the constant 0 to 10. */
  Timex setLoop(long offsetNanos, int timeConstant) {
    octets.putLong(OFFSET, offsetNanos);
    octets.putLong(CONSTANT, timeConstant);
    return mode(ADJ_OFFSET | ADJ_TIMECONST | ADJ_NANO);
  }

  /** What the kernel's loop has not taken out yet. */
  long offset() {
    return octets.getLong(OFFSET);
  }

  long frequency() {
    return octets.getLong(FREQUENCY);
  }

  Timex setTick(long micros) {
    octets.putLong(TICK, micros);
    return mode(ADJ_TICK);
  }

  long tick() {
    return octets.getLong(TICK);
  }

  Timex setStatus(int status) {
    octets.putInt(STATUS, status);
    return mode(ADJ_STATUS);
  }

  int status() {
    return octets.getInt(STATUS);
  }

  Timex setErrors(long maximumMicros, long estimatedMicros) {
    octets.putLong(MAXIMUM_ERROR, maximumMicros);
    octets.putLong(ESTIMATED_ERROR, estimatedMicros);
    return mode(ADJ_MAXERROR | ADJ_ESTERROR);
  }

  long maximumErrorMicros() {
    return octets.getLong(MAXIMUM_ERROR);
  }

  long estimatedErrorMicros() {
    return octets.getLong(ESTIMATED_ERROR);
  }

  /** The kernel wants the nanoseconds of a step between 0 and 1 s, also when it goes back. */
  Timex setStep(long nanos) {
    octets.putLong(TIME_SECONDS, Math.floorDiv(nanos, NANOS_PER_SECOND));
    octets.putLong(TIME_FRACTION, Math.floorMod(nanos, NANOS_PER_SECOND));
    return mode(ADJ_SETOFFSET | ADJ_NANO);
  }

  Timex setTai(int seconds) {
    octets.putLong(CONSTANT, seconds);
    return mode(ADJ_TAI);
  }

  long constant() {
    return octets.getLong(CONSTANT);
  }

  int tai() {
    return octets.getInt(TAI);
  }

  long precisionMicros() {
    return octets.getLong(PRECISION);
  }

  long tolerance() {
    return octets.getLong(TOLERANCE);
  }

  long timeSeconds() {
    return octets.getLong(TIME_SECONDS);
  }

  /** Nanoseconds with STA_NANO, else microseconds. */
  long timeFraction() {
    return octets.getLong(TIME_FRACTION);
  }

  /** CLOCK_REALTIME at the call, in Unix nanoseconds. */
  long realtimeNanos() {
    long nanosPerUnit = (status() & STA_NANO) != 0 ? 1 : 1_000;
    return timeSeconds() * NANOS_PER_SECOND + timeFraction() * nanosPerUnit;
  }
}
