/**
 * GPS receivers that speak NMEA 0183, on lines that may also carry u-blox and RTCM frames.
 *
 * <p>Octets pass {@link org.timeball.driver.nmea.FrameSkipper} and {@link
 * org.timeball.driver.nmea.SentenceScanner}; a whole sentence goes to {@link
 * org.timeball.driver.nmea.InstantReader}, which says what moment it names and whether the receiver
 * vouches for it; {@link org.timeball.driver.nmea.LabelChoice} says what that moment may be used
 * for. Start at {@link org.timeball.driver.nmea.NmeaDriver}.
 *
 * <p>Invariants: nothing is taken from a sentence whose checksum is wrong; after any damage the
 * next {@code $} begins anew; no input makes anything grow.
 */
package org.timeball.driver.nmea;
