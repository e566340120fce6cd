package org.timeball.checks.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rules about the text of a file, whatever its kind. */
final class TextRules {
  /** Chosen: a longer file is mostly two files in one. */
  static final int MAXIMUM_LINES = 450;

  // Written in two halves, so that this file keeps its own rules.
  private static final Pattern PUT_OFF =
      Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b|@Dis" + "abled");

  /** Somebody's home or work folder; /home/pi is the home on every Raspberry Pi. */
  private static final Pattern MACHINE_PATH =
      Pattern.compile("(?<![\\w.~}$])/(home/(?!pi\\b)|root/|Users/|work/)\\w[\\w./-]*");

  /** A document by its number, but not inside an address or a name. */
  private static final Pattern DOCUMENT =
      Pattern.compile("(?<![\\w/.])rfc[\\s-]?\\d{3,5}\\b", Pattern.CASE_INSENSITIVE);

  private static final Pattern PROPER_DOCUMENT = Pattern.compile("RFC\\s\\d+");

  /** A document and a place in it, however written. */
  private static final Pattern PLACE =
      Pattern.compile(
          "RFC\\s\\d+\\b,?\\s*\\(?(?:§|sect?\\b|sections?\\b|appendix\\b)\\.?\\s*[\\w.]*\\w"
              + "|\\bsections?\\s[\\d.]+\\sof\\sRFC\\s\\d+",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern PROPER_PLACE =
      Pattern.compile("RFC\\s\\d+,\\s(?:section\\s\\d+(?:\\.\\d+)*|appendix\\s[A-Z](?:\\.\\d+)*)");

  private TextRules() {}

  static List<Complaint> length(String text) {
    long lines = text.lines().count();
    return lines <= MAXIMUM_LINES
        ? List.of()
        : List.of(new Complaint(0, lines + " lines, above " + MAXIMUM_LINES + ": make it two"));
  }

  static List<Complaint> nothingPutOff(String text) {
    return complaints(text, PUT_OFF, found -> found + ": do it now, or leave it out");
  }

  static List<Complaint> noMachinePaths(String text) {
    return complaints(text, MACHINE_PATH, found -> found + " is a folder of one machine");
  }

  /**
   * Places in a standard have one form, {@code RFC 5905, section 11.2.1}, so that they are found.
   */
  static List<Complaint> citations(String text) {
    String flowing = joinedComments(text);
    return Stream.concat(
            complaints(flowing, DOCUMENT, found -> unless(PROPER_DOCUMENT, found)).stream(),
            complaints(flowing, PLACE, found -> unless(PROPER_PLACE, found)).stream())
        .toList();
  }

  private static String unless(Pattern proper, String found) {
    return proper.matcher(found).matches()
        ? ""
        : "'" + found.replace('\u000b', ' ') + "': write it as in RFC 5905, section 11.2.1";
  }

  /**
   * Makes a comment one flow of words, with a vertical tab where a line began, so that a citation
   * that is broken over two lines is seen and the lines can still be counted.
   */
  private static String joinedComments(String text) {
    return text.replaceAll("\\n *(?:\\*|//|#)? *(?=\\S)", "\u000b");
  }

  /** One complaint for each place found for which there is a sentence. */
  private static List<Complaint> complaints(
      String text, Pattern pattern, UnaryOperator<String> sentenceFor) {
    List<Complaint> complaints = new ArrayList<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      String sentence = sentenceFor.apply(matcher.group());
      if (!sentence.isEmpty()) {
        complaints.add(new Complaint(lineAt(text, matcher.start()), sentence));
      }
    }
    return complaints;
  }

  private static int lineAt(String text, int position) {
    return 1
        + (int) text.substring(0, position).chars().filter(c -> c == '\n' || c == '\u000b').count();
  }
}
