/*
 * How wrong a server's timestamps are, told by the kernel's own stamps of the same datagrams.
 *
 * usage: probe ADDRESS PORT COUNT INTERVAL_MICROSECONDS CPU [REQUEST_FILE]
 *
 * Server and client read the same system clock, so the true offset is 0 and what is measured is what
 * the server adds. Prints one line, in microseconds: median offset, median and 99th percentile of its
 * absolute value, medians of T2 - T1 and T4 - T3, how many percent of T4 - T3 are negative (the reply
 * told a moment after its arrival), and how many samples had both kernel stamps. The request file
 * holds a request with NTS; only answers with an authenticator count then.
 */
#include "bench.h"
#include <linux/errqueue.h>
#include <linux/net_tstamp.h>
#include <poll.h>

static const int PATIENCE_MILLISECONDS = 200;

static int by_value(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double quantile(double *values, int count, double q) {
  qsort(values, count, sizeof *values, by_value);
  return count ? values[(int)(q * (count - 1) + 0.5)] : 0;
}

/* The software stamp of a message, 0 if it has none. */
static int64_t stamp(struct msghdr *message) {
  for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c; c = CMSG_NXTHDR(message, c)) {
    if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_TIMESTAMPING) {
      struct timespec t;
      memcpy(&t, CMSG_DATA(c), sizeof t);
      return t.tv_sec * 1000000000ll + t.tv_nsec;
    }
  }
  return 0;
}

static int64_t receive(int descriptor, int flags, unsigned char *packet, ssize_t *length) {
  char control[512];
  struct iovec vector = {packet, REQUEST_ROOM};
  struct msghdr message = {.msg_iov = &vector,
                           .msg_iovlen = 1,
                           .msg_control = control,
                           .msg_controllen = sizeof control};
  *length = recvmsg(descriptor, &message, flags | MSG_DONTWAIT);
  return *length < 0 ? 0 : stamp(&message);
}

/* An NTP timestamp less a time in nanoseconds since 1970, in microseconds. */
static double microseconds_after(uint64_t ntp, int64_t unix_nanos) {
  uint32_t unix_seconds = (uint32_t)(unix_nanos / 1000000000);
  int32_t seconds = (int32_t)((uint32_t)(ntp >> 32) - (unix_seconds + NTP_UNIX_OFFSET));
  return seconds * 1e6 + (uint32_t)ntp * (1e6 / 4294967296.0) - unix_nanos % 1000000000 * 1e-3;
}

int main(int argc, char **argv) {
  if (argc != 6 && argc != 7) {
    fprintf(stderr, "usage: probe ADDRESS PORT COUNT INTERVAL_MICROSECONDS CPU [REQUEST_FILE]\n");
    return 2;
  }
  struct sockaddr_in to = target(argv[1], atoi(argv[2]));
  int wanted = atoi(argv[3]), interval = atoi(argv[4]), samples = 0;
  pin_to(atoi(argv[5]));
  int descriptor = socket(AF_INET, SOCK_DGRAM, 0);
  int flags = SOF_TIMESTAMPING_TX_SOFTWARE | SOF_TIMESTAMPING_RX_SOFTWARE |
              SOF_TIMESTAMPING_SOFTWARE | SOF_TIMESTAMPING_OPT_TSONLY;
  if (connect(descriptor, (struct sockaddr *)&to, sizeof to) != 0 ||
      setsockopt(descriptor, SOL_SOCKET, SO_TIMESTAMPING, &flags, sizeof flags) != 0) {
    perror("probe");
    return 1;
  }
  double *offset = calloc(4 * (size_t)wanted, sizeof *offset);
  double *absolute = offset + wanted, *there = absolute + wanted, *back = there + wanted;
  unsigned char request[REQUEST_ROOM] = {4 << 3 | 3};
  int request_length = argc == 7 ? load_request(argv[6], request) : NTP_LENGTH;
  for (int i = 0; i < wanted; i++) {
    unsigned char packet[REQUEST_ROOM];
    if (request_length == NTP_LENGTH)
      set_field(request, TRANSMIT_AT, 0x0A5C000000000000u + (uint64_t)i);
    uint64_t nonce = field(request, TRANSMIT_AT);
    if (send(descriptor, request, request_length, 0) != request_length) {
      perror("send");
      return 1;
    }
    int64_t t1 = 0, t4 = 0;
    uint64_t t2 = 0, t3 = 0;
    struct pollfd event = {descriptor, POLLIN, 0};
    while ((t1 == 0 || t4 == 0) && poll(&event, 1, PATIENCE_MILLISECONDS) > 0) {
      ssize_t length;
      int64_t departure = receive(descriptor, MSG_ERRQUEUE, packet, &length);
      if (length >= 0)
        t1 = departure;
      int64_t arrival = receive(descriptor, 0, packet, &length);
      if (length == request_length && field(packet, ORIGIN_AT) == nonce &&
          (length == NTP_LENGTH || has_authenticator(packet, request))) {
        t4 = arrival;
        t2 = field(packet, RECEIVE_AT);
        t3 = field(packet, TRANSMIT_AT);
      }
    }
    if (t1 != 0 && t4 != 0) {
      there[samples] = microseconds_after(t2, t1);
      back[samples] = -microseconds_after(t3, t4);
      offset[samples] = (there[samples] - back[samples]) / 2;
      absolute[samples] = offset[samples] < 0 ? -offset[samples] : offset[samples];
      samples++;
    }
    struct timespec pause = {interval / 1000000, interval % 1000000 * 1000l};
    nanosleep(&pause, NULL);
  }
  int too_late = 0;
  for (int i = 0; i < samples; i++)
    too_late += back[i] < 0;
  printf("offset_us %.3f absolute_us %.3f p99_us %.3f there_us %.3f back_us %.3f too_late_percent %.1f "
         "samples %d of %d\n",
         quantile(offset, samples, 0.5), quantile(absolute, samples, 0.5),
         quantile(absolute, samples, 0.99), quantile(there, samples, 0.5),
         quantile(back, samples, 0.5), 100.0 * too_late / (samples ? samples : 1), samples, wanted);
  return samples * 2 <= wanted - 1;
}
