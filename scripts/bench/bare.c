/*
 * The least that an NTP server can do on a socket: receive a batch with the kernel's stamps, read the
 * clock, send the batch. What a server of any language needs beyond its time is its own.
 *
 * usage: bare PORT CPU
 */
#include "bench.h"

enum { BATCH = 64, ROOM = 1024, CONTROL_ROOM = 128 };

static uint64_t ntp_time(const struct timespec *t) {
  return (uint64_t)(t->tv_sec + NTP_UNIX_OFFSET) << 32 | ((uint64_t)t->tv_nsec << 32) / 1000000000u;
}

static uint64_t arrival(struct msghdr *message) {
  struct timespec t = {0};
  for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c; c = CMSG_NXTHDR(message, c))
    if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_TIMESTAMPNS)
      memcpy(&t, CMSG_DATA(c), sizeof t);
  return ntp_time(&t);
}

static void answer(unsigned char *packet, uint64_t received) {
  struct timespec now;
  memcpy(packet + ORIGIN_AT, packet + TRANSMIT_AT, 8);
  packet[0] = (packet[0] & 0x38) | 4;
  packet[1] = 1;
  packet[3] = 0xE9;
  memset(packet + 4, 0, 8);
  memcpy(packet + 12, "BARE", 4);
  clock_gettime(CLOCK_REALTIME, &now);
  set_field(packet, 16, ntp_time(&now));
  set_field(packet, RECEIVE_AT, received);
  set_field(packet, TRANSMIT_AT, ntp_time(&now));
}

int main(int argc, char **argv) {
  if (argc != 3) {
    fprintf(stderr, "usage: bare PORT CPU\n");
    return 2;
  }
  pin_to(atoi(argv[2]));
  int descriptor = socket(AF_INET, SOCK_DGRAM, 0), on = 1, buffer = 4 << 20;
  struct sockaddr_in any = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1]))};
  setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
  setsockopt(descriptor, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
  if (bind(descriptor, (struct sockaddr *)&any, sizeof any) != 0) {
    perror("bind");
    return 1;
  }

  static unsigned char octets[BATCH][ROOM], control[BATCH][CONTROL_ROOM];
  static struct sockaddr_in names[BATCH];
  static struct iovec in_vectors[BATCH], out_vectors[BATCH];
  static struct mmsghdr in[BATCH], out[BATCH];
  for (int i = 0; i < BATCH; i++) {
    in_vectors[i] = (struct iovec){octets[i], ROOM};
    in[i].msg_hdr.msg_iov = &in_vectors[i];
    in[i].msg_hdr.msg_iovlen = 1;
    in[i].msg_hdr.msg_name = &names[i];
    in[i].msg_hdr.msg_control = control[i];
    out[i].msg_hdr.msg_iov = &out_vectors[i];
    out[i].msg_hdr.msg_iovlen = 1;
    out[i].msg_hdr.msg_namelen = sizeof names[i];
  }
  for (;;) {
    for (int i = 0; i < BATCH; i++) {
      in[i].msg_hdr.msg_namelen = sizeof names[i];
      in[i].msg_hdr.msg_controllen = CONTROL_ROOM;
    }
    int received = recvmmsg(descriptor, in, BATCH, MSG_WAITFORONE, NULL);
    int replies = 0;
    for (int i = 0; i < received; i++) {
      if (in[i].msg_len < NTP_LENGTH || (octets[i][0] & 7) != 3)
        continue;
      answer(octets[i], arrival(&in[i].msg_hdr));
      out_vectors[replies] = (struct iovec){octets[i], NTP_LENGTH};
      out[replies++].msg_hdr.msg_name = &names[i];
    }
    for (int sent = 0; sent < replies;) {
      int taken = sendmmsg(descriptor, out + sent, replies - sent, 0);
      if (taken <= 0)
        break;
      sent += taken;
    }
  }
}
