/**
 * Octets and fields of NTP packets, in place.
 *
 * <p>Start at {@link org.timeball.core.packet.NtpHeader}; {@link org.timeball.core.packet.Trailer}
 * tells what follows the header. Buffers are big-endian, which is what a {@code ByteBuffer} is
 * unless told otherwise; offsets are absolute and no method moves a position or a limit.
 *
 * <p>Invariants: nothing here allocates while a packet is read or written, and no length that came
 * from the network is used before it was checked against the end of the packet.
 */
package org.timeball.core.packet;
