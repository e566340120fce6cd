/*
 * A crowd at the door: one flooder, or a flood from very many addresses, beside polite clients.
 *
 * usage: rush PORT SECONDS RATE SOURCES
 *
 * Everything is on the loopback device. RATE requests a second come from SOURCES addresses in turn,
 * 127.64.0.0 and following: with one they are one client, with 100000 each of them asks now and then.
 * Beside them 50 polite clients, 127.32.0.1 and following, ask once a second each from a socket of
 * their own and wait for the answer until their next request.
 *
 * Prints one line: requests and answers of the flood, kisses of death among its answers, requests of
 * the polite, how many of theirs were lost, and the longest that one of them waited.
 */
#include "bench.h"
#include <sys/epoll.h>

enum { POLITE = 50, ROOM = 512, STRATUM_AT = 1, REFERENCE_AT = 12 };

static const uint32_t FLOOD_FROM = 127u << 24 | 64u << 16;
static const uint32_t POLITE_FROM = 127u << 24 | 32u << 16;
static const uint32_t SERVER = 127u << 24 | 1;

struct polite {
  int descriptor;
  uint64_t nonce;
  double asked_at;
};

static struct polite polite[POLITE];
static uint64_t flood_sent, flood_answered, flood_kissed, polite_sent, polite_answered;
static double longest;

static int socket_from(uint32_t host) {
  int on = 1, buffer = 4 << 20;
  int descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
  struct sockaddr_in from = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(host)};
  setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
  setsockopt(descriptor, IPPROTO_IP, IP_PKTINFO, &on, sizeof on);
  if (descriptor < 0 || bind(descriptor, (struct sockaddr *)&from, sizeof from) != 0) {
    perror("bind");
    exit(1);
  }
  return descriptor;
}

static void prepare(unsigned char *request, uint64_t nonce) {
  memset(request, 0, NTP_LENGTH);
  request[0] = 4 << 3 | 3;
  set_field(request, TRANSMIT_AT, nonce);
}

/* One socket sends from any address of this machine that the control message names. */
static void flood_from(int descriptor, struct sockaddr_in *to, uint32_t host, uint64_t nonce) {
  unsigned char request[NTP_LENGTH];
  char control[CMSG_SPACE(sizeof(struct in_pktinfo))] = {0};
  prepare(request, nonce);
  struct iovec vector = {request, NTP_LENGTH};
  struct msghdr message = {.msg_name = to,
                           .msg_namelen = sizeof *to,
                           .msg_iov = &vector,
                           .msg_iovlen = 1,
                           .msg_control = control,
                           .msg_controllen = sizeof control};
  struct cmsghdr *c = CMSG_FIRSTHDR(&message);
  c->cmsg_level = IPPROTO_IP;
  c->cmsg_type = IP_PKTINFO;
  c->cmsg_len = CMSG_LEN(sizeof(struct in_pktinfo));
  struct in_pktinfo from = {.ipi_spec_dst.s_addr = htonl(host)};
  memcpy(CMSG_DATA(c), &from, sizeof from);
  if (sendmsg(descriptor, &message, 0) == NTP_LENGTH)
    flood_sent++;
}

static void hear_flood(int descriptor) {
  unsigned char reply[ROOM];
  while (recv(descriptor, reply, sizeof reply, 0) >= NTP_LENGTH) {
    flood_answered++;
    if (reply[STRATUM_AT] == 0 && memcmp(reply + REFERENCE_AT, "RATE", 4) == 0)
      flood_kissed++;
  }
}

static void hear_polite(struct polite *one, double now) {
  unsigned char reply[ROOM];
  while (recv(one->descriptor, reply, sizeof reply, 0) >= NTP_LENGTH) {
    int kiss = reply[STRATUM_AT] == 0 && memcmp(reply + REFERENCE_AT, "RATE", 4) == 0;
    if (one->nonce == 0 || kiss || field(reply, ORIGIN_AT) != one->nonce)
      continue;
    polite_answered++;
    one->nonce = 0;
    if (now - one->asked_at > longest)
      longest = now - one->asked_at;
  }
}

int main(int argc, char **argv) {
  if (argc != 5) {
    fprintf(stderr, "usage: rush PORT SECONDS RATE SOURCES\n");
    return 2;
  }
  double length = atof(argv[2]), rate = atof(argv[3]);
  uint32_t sources = (uint32_t)atol(argv[4]);
  if (length > 60 || rate > 20000 || sources < 1 || sources > 1000000) {
    fprintf(stderr, "at most 60 s, 20000 requests a second, 1000000 addresses\n");
    return 2;
  }
  struct sockaddr_in to = {.sin_family = AF_INET,
                           .sin_port = htons(atoi(argv[1])),
                           .sin_addr.s_addr = htonl(SERVER)};
  int flooder = socket_from(INADDR_ANY), poll = epoll_create1(0);
  struct epoll_event event = {.events = EPOLLIN, .data.u32 = POLITE};
  epoll_ctl(poll, EPOLL_CTL_ADD, flooder, &event);
  for (int i = 0; i < POLITE; i++) {
    polite[i].descriptor = socket_from(POLITE_FROM + 1 + (uint32_t)i);
    event.data.u32 = (uint32_t)i;
    epoll_ctl(poll, EPOLL_CTL_ADD, polite[i].descriptor, &event);
  }

  double start = seconds_of(CLOCK_MONOTONIC), now = start;
  uint64_t turn = 0, polite_turn = 0;
  /* The last second is for answers only. */
  while (now - start < length + 1) {
    int asking = now - start < length;
    for (int burst = 0; asking && burst < 64 && (double)turn < (now - start) * rate; burst++) {
      flood_from(flooder, &to, FLOOD_FROM + (uint32_t)(turn % sources), turn + 1);
      turn++;
    }
    while (asking && (double)polite_turn < (now - start) * POLITE) {
      struct polite *one = &polite[polite_turn % POLITE];
      unsigned char request[NTP_LENGTH];
      one->nonce = 0x5EED000000000000u | ++polite_turn;
      one->asked_at = seconds_of(CLOCK_MONOTONIC);
      prepare(request, one->nonce);
      if (sendto(one->descriptor, request, NTP_LENGTH, 0, (struct sockaddr *)&to, sizeof to) ==
          NTP_LENGTH)
        polite_sent++;
    }
    struct epoll_event events[64];
    int count = epoll_wait(poll, events, 64, 1);
    now = seconds_of(CLOCK_MONOTONIC);
    for (int i = 0; i < count; i++) {
      if (events[i].data.u32 == POLITE)
        hear_flood(flooder);
      else
        hear_polite(&polite[events[i].data.u32], now);
    }
  }
  printf("flood_sent %" PRIu64 " flood_answered %" PRIu64 " flood_kissed %" PRIu64
         " polite_sent %" PRIu64 " polite_lost %" PRIu64 " polite_longest_ms %.1f\n",
         flood_sent, flood_answered, flood_kissed, polite_sent, polite_sent - polite_answered,
         longest * 1e3);
  return 0;
}
