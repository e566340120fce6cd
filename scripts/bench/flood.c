/*
 * Asks a server as fast as it answers, or at a given rate, and checks every answer.
 *
 * usage: flood ADDRESS PORT SECONDS WARM_UP_SECONDS CPU SERVER_PID [RATE [REQUEST_FILE]]
 *
 * Without a rate, SOCKETS sockets keep WINDOW requests each on their way (closed loop). A window is
 * sent as one call with UDP_SEGMENT, so that the generator needs less of its processor than the
 * server of its own. With a rate other than 0, single requests go out evenly spaced (open loop). The
 * request file holds a request with NTS, which is sent again and again.
 *
 * Prints one line: answers a second, nanoseconds of the server's and of the generator's processor
 * time for each, how many requests were lost (per million) and how many answers were wrong.
 */
#include "bench.h"
#include <netinet/udp.h>
#include <sys/epoll.h>

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#endif

enum { SOCKETS = 32, WINDOW = 32, BATCH = 64, EVENTS = 64 };

/* A window that got no answer for so long is lost, and sent again. */
static const double PATIENCE = 0.05;

/* A minute, in NTP's units: an answer that stayed longer, or left before it came, is wrong. */
static const uint64_t LONGEST_STAY = (uint64_t)60 << 32;

struct asker {
  int descriptor;
  int on_their_way;
  double last_heard;
};

static struct asker askers[SOCKETS];
static unsigned char window[WINDOW * REQUEST_ROOM];
static int request_length = NTP_LENGTH;
static uint64_t nonce;
static uint64_t sent, answered, lost, wrong;

static unsigned char in_octets[BATCH][REQUEST_ROOM];
static struct iovec in_vectors[BATCH];
static struct mmsghdr in[BATCH];

static void prepare(const char *request_file) {
  unsigned char request[REQUEST_ROOM] = {4 << 3 | 3};
  set_field(request, TRANSMIT_AT, 0x5EED000000000000u | (uint64_t)getpid());
  if (request_file)
    request_length = load_request(request_file, request);
  nonce = field(request, TRANSMIT_AT);
  for (int i = 0; i < WINDOW; i++)
    memcpy(window + i * request_length, request, request_length);
  for (int i = 0; i < BATCH; i++) {
    in_vectors[i] = (struct iovec){in_octets[i], REQUEST_ROOM};
    in[i].msg_hdr.msg_iov = &in_vectors[i];
    in[i].msg_hdr.msg_iovlen = 1;
  }
}

static void ask(struct asker *asker, int count) {
  char control[CMSG_SPACE(sizeof(uint16_t))] = {0};
  struct iovec vector = {window, (size_t)count * request_length};
  struct msghdr message = {.msg_iov = &vector, .msg_iovlen = 1};
  if (count > 1) {
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    struct cmsghdr *c = CMSG_FIRSTHDR(&message);
    c->cmsg_level = IPPROTO_UDP;
    c->cmsg_type = UDP_SEGMENT;
    c->cmsg_len = CMSG_LEN(sizeof(uint16_t));
    uint16_t segment = request_length;
    memcpy(CMSG_DATA(c), &segment, sizeof segment);
  }
  if (sendmsg(asker->descriptor, &message, 0) > 0) {
    asker->on_their_way += count;
    sent += count;
  } else if (errno != EAGAIN && errno != ECONNREFUSED) {
    perror("sendmsg");
    exit(1);
  }
}

static int is_right(const unsigned char *packet, int length) {
  return length == request_length && (length == NTP_LENGTH || has_authenticator(packet, window)) && (packet[0] & 0x3F) == (4 << 3 | 4) &&
         field(packet, ORIGIN_AT) == nonce && field(packet, RECEIVE_AT) != 0 &&
         field(packet, TRANSMIT_AT) - field(packet, RECEIVE_AT) < LONGEST_STAY;
}

static void hear(struct asker *asker) {
  for (;;) {
    int count = recvmmsg(asker->descriptor, in, BATCH, MSG_DONTWAIT, NULL);
    if (count <= 0)
      return;
    for (int i = 0; i < count; i++) {
      if (is_right(in_octets[i], in[i].msg_len))
        answered++;
      else
        wrong++;
    }
    asker->on_their_way = asker->on_their_way > count ? asker->on_their_way - count : 0;
    if (count < BATCH)
      return;
  }
}

static void refill(struct asker *asker, double now) {
  int missing = WINDOW - asker->on_their_way;
  if (missing > 0) {
    ask(asker, missing);
    asker->last_heard = now;
  }
}

static void give_up_on_silent_ones(double now) {
  for (int i = 0; i < SOCKETS; i++) {
    if (now - askers[i].last_heard > PATIENCE) {
      lost += askers[i].on_their_way;
      askers[i].on_their_way = 0;
      refill(&askers[i], now);
    }
  }
}

int main(int argc, char **argv) {
  if (argc < 7 || argc > 9) {
    fprintf(stderr, "usage: flood ADDRESS PORT SECONDS WARM_UP_SECONDS CPU SERVER_PID [RATE [REQUEST_FILE]]\n");
    return 2;
  }
  struct sockaddr_in to = target(argv[1], atoi(argv[2]));
  double length = atof(argv[3]), warm_up = atof(argv[4]), rate = argc > 7 ? atof(argv[7]) : 0;
  clockid_t server_clock;
  if (clock_getcpuclockid(atoi(argv[6]), &server_clock) != 0) {
    fprintf(stderr, "no process %s\n", argv[6]);
    return 1;
  }
  pin_to(atoi(argv[5]));
  prepare(argc > 8 ? argv[8] : NULL);
  int poll = epoll_create1(0), buffer = 4 << 20;
  for (int i = 0; i < SOCKETS; i++) {
    askers[i].descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    setsockopt(askers[i].descriptor, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = i};
    if (connect(askers[i].descriptor, (struct sockaddr *)&to, sizeof to) != 0 ||
        epoll_ctl(poll, EPOLL_CTL_ADD, askers[i].descriptor, &event) != 0) {
      perror("connect");
      return 1;
    }
  }

  double start = seconds_of(CLOCK_MONOTONIC), measured_from = 0, next_request = start;
  double server_before = 0, own_before = 0;
  uint64_t sent_before = 0, answered_before = 0, lost_before = 0, turn = 0;
  if (rate == 0)
    for (int i = 0; i < SOCKETS; i++)
      refill(&askers[i], start);
  for (;;) {
    double now = seconds_of(CLOCK_MONOTONIC);
    if (measured_from == 0 && now >= start + warm_up) {
      measured_from = now;
      server_before = seconds_of(server_clock);
      own_before = seconds_of(CLOCK_PROCESS_CPUTIME_ID);
      sent_before = sent, answered_before = answered, lost_before = lost;
    }
    if (now >= start + warm_up + length)
      break;
    struct epoll_event events[EVENTS];
    int count = epoll_wait(poll, events, EVENTS, rate == 0 ? 5 : 0);
    for (int i = 0; i < count; i++) {
      struct asker *asker = &askers[events[i].data.u32];
      hear(asker);
      if (rate == 0)
        refill(asker, now);
    }
    if (rate == 0 && (count == 0 || turn % 256 == 0))
      give_up_on_silent_ones(now);
    for (; rate > 0 && next_request <= now; next_request += 1 / rate) {
      if (next_request < now - 0.01)
        next_request = now; /* The processor was away: do not make up for it with a burst. */
      ask(&askers[turn++ % SOCKETS], 1);
    }
    turn += rate == 0;
  }
  double elapsed = seconds_of(CLOCK_MONOTONIC) - measured_from;
  double answers = answered - answered_before, requests = sent - sent_before;
  double missing = rate == 0 ? lost - lost_before : requests > answers ? requests - answers : 0;
  printf("answers_per_second %.0f server_ns %.0f generator_ns %.0f lost_ppm %.0f wrong %" PRIu64
         " answers %.0f\n",
         answers / elapsed, (seconds_of(server_clock) - server_before) * 1e9 / (answers + 1e-9),
         (seconds_of(CLOCK_PROCESS_CPUTIME_ID) - own_before) * 1e9 / (answers + 1e-9),
         missing * 1e6 / (requests + 1e-9), wrong, answers);
  if (wrong != 0 || answers == 0)
    fprintf(stderr, "%s:%s gave %.0f right and %" PRIu64 " wrong answers\n", argv[1], argv[2], answers, wrong);
  return wrong != 0 || answers == 0;
}
