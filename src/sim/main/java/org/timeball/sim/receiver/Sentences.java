package org.timeball.sim.receiver;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import org.timeball.time.UtcTime;

/** Writes the sentences of NMEA 0183 that name a second and say how the receiver is. */
final class Sentences {
  /** The old Royal Observatory at Greenwich, whose time ball drops at one. */
  private static final String POSITION = "5128.6700,N,00000.0000,E";

  private static final String NO_POSITION = ",,,";

  private Sentences() {}

  /** All that the receiver says about one second, each sentence ended with CR LF. */
  static byte[] about(Moment moment, ReceiverSettings settings) {
    StringBuilder text = new StringBuilder();
    for (String kind : settings.sentences()) {
      switch (kind) {
        case "RMC" -> add(text, settings.talker() + recommendedMinimum(moment));
        case "GGA" -> add(text, settings.talker() + fixData(moment, Sky.at(moment)));
        case "GLL" -> add(text, settings.talker() + geographicPosition(moment));
        case "GSA" -> add(text, settings.talker() + activeSatellites(moment, Sky.at(moment)));
        case "GSV" -> addSatellitesInView(text, settings.talker(), Sky.at(moment));
        case "ZDA" -> add(text, settings.talker() + timeAndDate(moment));
        default ->
            throw new IllegalArgumentException(
                "this receiver cannot send '" + kind + "'; it knows RMC GGA GLL GSA GSV ZDA");
      }
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static String recommendedMinimum(Moment moment) {
    return "RMC,%s,%s,%s,0.0,0.0,%s,,,%s"
        .formatted(
            time(moment),
            moment.hasFix() ? "A" : "V",
            position(moment),
            date(moment),
            moment.hasFix() ? "A" : "N");
  }

  private static String fixData(Moment moment, List<Sky.Satellite> sky) {
    return "GGA,%s,%s,%d,%02d,%s,%s,M,%s,M,,"
        .formatted(
            time(moment),
            position(moment),
            moment.hasFix() ? 1 : 0,
            used(sky).size(),
            moment.hasFix() ? "0.9" : "",
            moment.hasFix() ? "47.0" : "",
            moment.hasFix() ? "45.4" : "");
  }

  private static String geographicPosition(Moment moment) {
    return "GLL,%s,%s,%s,%s"
        .formatted(
            position(moment),
            time(moment),
            moment.hasFix() ? "A" : "V",
            moment.hasFix() ? "A" : "N");
  }

  private static String activeSatellites(Moment moment, List<Sky.Satellite> sky) {
    List<Sky.Satellite> used = used(sky);
    StringBuilder slots = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      slots.append(i < used.size() ? "%02d,".formatted(used.get(i).number()) : ",");
    }
    return "GSA,A,%d,%s%s"
        .formatted(moment.hasFix() ? 3 : 1, slots, moment.hasFix() ? "1.6,0.9,1.3" : ",,");
  }

  private static void addSatellitesInView(
      StringBuilder text, String talker, List<Sky.Satellite> sky) {
    int sentences = (sky.size() + 3) / 4;
    for (int i = 0; i < sentences; i++) {
      String four =
          sky.subList(i * 4, Math.min(sky.size(), i * 4 + 4)).stream()
              .map(s ->
                  "%02d,%02d,%03d,%s"
                      .formatted(
                          s.number(),
                          s.elevationDegrees(),
                          s.azimuthDegrees(),
                          s.signalDecibelHertz() == 0
                              ? ""
                              : "%02d".formatted(s.signalDecibelHertz())))
              .collect(Collectors.joining(","));
      add(text, talker + "GSV,%d,%d,%02d,%s".formatted(sentences, i + 1, sky.size(), four));
    }
  }

  private static String timeAndDate(Moment moment) {
    if (!moment.hasTime()) {
      return "ZDA,,,,,00,00";
    }
    LocalDateTime t = local(moment.utc());
    return "ZDA,%s,%02d,%02d,%04d,00,00"
        .formatted(time(moment), t.getDayOfMonth(), t.getMonthValue(), t.getYear());
  }

  private static List<Sky.Satellite> used(List<Sky.Satellite> sky) {
    return sky.stream().filter(Sky.Satellite::isUsable).toList();
  }

  private static String position(Moment moment) {
    return moment.hasFix() ? POSITION : NO_POSITION;
  }

  private static String time(Moment moment) {
    if (!moment.hasTime()) {
      return "";
    }
    LocalDateTime t = local(moment.utc());
    int second = moment.utc().leapSecond() ? 60 : t.getSecond();
    return "%02d%02d%02d.00".formatted(t.getHour(), t.getMinute(), second);
  }

  private static String date(Moment moment) {
    if (!moment.hasTime()) {
      return "";
    }
    LocalDateTime t = local(moment.utc());
    return "%02d%02d%02d".formatted(t.getDayOfMonth(), t.getMonthValue(), t.getYear() % 100);
  }

  private static LocalDateTime local(UtcTime utc) {
    return LocalDateTime.ofEpochSecond(utc.unixSeconds(), 0, ZoneOffset.UTC);
  }

  /** Puts the dollar sign, the exclusive-or of all between, and the line end around a sentence. */
  private static void add(StringBuilder text, String body) {
    int sum = 0;
    for (int i = 0; i < body.length(); i++) {
      sum ^= body.charAt(i);
    }
    text.append('$').append(body).append("*%02X\r\n".formatted(sum));
  }
}
