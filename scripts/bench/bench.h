/* What the programs of scripts/bench-server, scripts/bench-nts and scripts/flood share. */
#ifndef TIMEBALL_BENCH_H
#define TIMEBALL_BENCH_H

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <endian.h>
#include <errno.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { NTP_LENGTH = 48, ORIGIN_AT = 24, RECEIVE_AT = 32, TRANSMIT_AT = 40, REQUEST_ROOM = 512 };

#define NTP_UNIX_OFFSET 2208988800u

static inline double seconds_of(clockid_t clock) {
  struct timespec t;
  if (clock_gettime(clock, &t) != 0) {
    perror("clock_gettime");
    exit(1);
  }
  return t.tv_sec + t.tv_nsec * 1e-9;
}

static inline void pin_to(int cpu) {
  if (cpu < 0)
    return;
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(cpu, &set);
  if (sched_setaffinity(0, sizeof set, &set) != 0) {
    perror("sched_setaffinity");
    exit(1);
  }
}

/* Traffic of this kind belongs on the loopback device or in the range for benchmarks (RFC 2544). */
static inline struct sockaddr_in target(const char *address, int port) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};
  if (inet_pton(AF_INET, address, &to.sin_addr) != 1) {
    fprintf(stderr, "'%s' is not an IPv4 address\n", address);
    exit(2);
  }
  uint32_t host = ntohl(to.sin_addr.s_addr);
  if (host >> 24 != 127 && host >> 17 != (198u << 24 | 18u << 16) >> 17) {
    fprintf(stderr, "%s is neither in 127.0.0.0/8 nor in 198.18.0.0/15\n", address);
    exit(2);
  }
  return to;
}

static inline uint64_t field(const unsigned char *packet, int at) {
  uint64_t value;
  memcpy(&value, packet + at, sizeof value);
  return be64toh(value);
}

static inline void set_field(unsigned char *packet, int at, uint64_t value) {
  value = htobe64(value);
  memcpy(packet + at, &value, sizeof value);
}

/* A request from a file, made by nts-ke.c; returns its length. */
static inline int load_request(const char *name, unsigned char *packet) {
  FILE *file = fopen(name, "rb");
  int length = file ? (int)fread(packet, 1, REQUEST_ROOM, file) : 0;
  if (file)
    fclose(file);
  if (length < NTP_LENGTH) {
    fprintf(stderr, "'%s' holds no request\n", name);
    exit(2);
  }
  return length;
}

/*
 * An answer to a request with NTS has the same length, the same unique identifier and an authenticator behind
 * it. A kiss of death is shorter and has none; counted as an answer it would make any server look fast.
 */
static inline int has_authenticator(const unsigned char *packet, const unsigned char *request) {
  int identifier = request[NTP_LENGTH + 2] << 8 | request[NTP_LENGTH + 3];
  const unsigned char *next = packet + NTP_LENGTH + identifier;
  return memcmp(packet + NTP_LENGTH, request + NTP_LENGTH, identifier) == 0 && next[0] == 4 && next[1] == 4;
}

#endif
