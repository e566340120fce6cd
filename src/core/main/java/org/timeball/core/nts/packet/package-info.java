/**
 * The extension fields of NTS in NTP packets (RFC 8915, section 5).
 *
 * <p>The server's side is {@link org.timeball.core.nts.packet.NtsReplies}, which each packet thread
 * has one of; the client's is {@link org.timeball.core.nts.packet.NtsRequest}.
 */
package org.timeball.core.nts.packet;
