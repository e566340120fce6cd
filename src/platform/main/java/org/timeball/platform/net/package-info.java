/**
 * UDP with what the JDK's sockets do not have: the kernel's time of arrival and departure of each
 * datagram, the address it was sent to, and many datagrams in one call.
 *
 * <p>Start at {@link org.timeball.platform.net.UdpSocket}; {@link
 * org.timeball.platform.net.ReceiveBatch} and {@link org.timeball.platform.net.SendBatch} move
 * datagrams for a server, {@link org.timeball.platform.net.UdpExchange} asks one question as a
 * client.
 *
 * <p>Invariants: numbers and layouts are those of 64-bit Linux and the same on x86_64 and aarch64;
 * addresses of native memory cross into C as {@code long}, so that a call creates no object;
 * nothing is allocated for a datagram.
 */
package org.timeball.platform.net;
