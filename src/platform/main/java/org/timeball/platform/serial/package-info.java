/**
 * Serial lines through jSerialComm: {@link org.timeball.platform.serial.SerialLine}.
 *
 * <p>What was learned about that library, and is dealt with here: a device that is not there throws
 * where it is named, not where it is opened; a line that was hung up still says that it is open,
 * and only a read tells; its machine code must be unpacked to a private place first.
 */
package org.timeball.platform.serial;
