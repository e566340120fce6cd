package org.timeball.checks.fuzz;

import java.util.List;
import org.timeball.core.leap.LeapTable;

/** The list of leap seconds. */
final class LeapFileTarget implements FuzzTarget {
  @Override
  public String name() {
    return "leap-file";
  }

  @Override
  public String promise() {
    return "is a table in order of time, or refused with a sentence";
  }

  @Override
  public List<byte[]> seeds() {
    String table =
        """
        #$\t3929093563
        #@\t4007577600
        2272060800\t10\t# 1 Jan 1972
        2287785600\t11
        2303683200\t12
        3692217600\t13
        """;
    return Packets.texts(
        table + "#h\t00000000 00000000 00000000 00000000 00000000\n",
        table,
        """
        #$ 3929093563
        #@ 4007577600
        2272060800 10
        #h 16edd0f0 3666784f 37db6bdd e74ced87 59af5
        """);
  }

  @Override
  public void accept(byte[] octets) {
    try {
      LeapTable table = LeapTable.parse(Packets.text(octets));
      long last = Long.MIN_VALUE;
      for (LeapTable.Entry entry : table.entries()) {
        Promise.kept(entry.unixSeconds() > last, "entries out of order");
        last = entry.unixSeconds();
      }
    } catch (LeapTable.BadLeapFile e) {
      Promise.kept(e.getMessage().startsWith("leap file"), "a sentence about nothing");
    }
  }
}
