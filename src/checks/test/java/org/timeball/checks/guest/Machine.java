package org.timeball.checks.guest;

import java.nio.file.Path;
import java.util.List;

/**
 * What {@code scripts/guest} prepared.
 *
 * @param qemu the command with all that every guest shares; it names the character devices console
 *     and gps, which are added
 * @param disk the distribution, and room for what the daemon keeps; each guest gets a copy
 * @param serialDevice where the guest finds the receiver, such as {@code /dev/ttyS0}
 */
record Machine(List<String> qemu, Path disk, String serialDevice) {}
