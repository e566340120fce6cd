package org.timeball.server.date;

import org.timeball.core.packet.PacketKeys;

/**
 * A server that is to be asked for the date.
 *
 * @param name as the operator wrote it, unique
 * @param host name or address
 * @param port UDP port
 * @param version of NTP in requests, 1 to 4
 * @param keyId identifier of the key that requests and replies are sealed with; 0 for none
 * @param keys hold that key; for one thread
 */
public record AskedServer(
    String name, String host, int port, int version, int keyId, PacketKeys keys) {}
