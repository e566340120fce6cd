/*
 * Gets keys and cookies by NTS key establishment, as often as told.
 *
 * usage: nts-ke ADDRESS PORT CA_FILE COUNT CPU SERVER_PID [REQUEST_FILE]
 *
 * Each time it connects anew, without resumption and with TCP_NODELAY, checks certificate, protocol, algorithm
 * and the eight cookies. Prints one line: handshakes a second, microseconds of the server's processor time for
 * each, and how many failed. With a request file it writes a request with NTS there, for flood.c and probe.c.
 */
#include "bench.h"
#include <netinet/tcp.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>

enum { KEY = 32, COOKIES = 8, LONGEST_COOKIE = 256, IDENTIFIER = 32, NONCE = 16, TAG = 16 };
enum { NEXT_PROTOCOL = 1, ALGORITHM = 4, COOKIE = 5, AES_SIV_CMAC_256 = 15 };

struct keys {
  unsigned char to_server[KEY];
  unsigned char cookie[LONGEST_COOKIE];
  int cookie_length;
};

static int number(const unsigned char *at) { return at[0] << 8 | at[1]; }

/* Reads the records up to End of Message; whether they give what was asked for. */
static int judge(const unsigned char *octets, int length, struct keys *keys) {
  int cookies = 0, protocol = 0, algorithm = 0;
  for (int at = 0; at + 4 <= length;) {
    int type = number(octets + at) & 0x7FFF, body = number(octets + at + 2);
    if (at + 4 + body > length)
      return 0;
    if (type == NEXT_PROTOCOL)
      protocol = body == 2 && number(octets + at + 4) == 0;
    if (type == ALGORITHM)
      algorithm = body == 2 && number(octets + at + 4) == AES_SIV_CMAC_256;
    if (type == COOKIE && body <= LONGEST_COOKIE) {
      memcpy(keys->cookie, octets + at + 4, body);
      keys->cookie_length = body;
      cookies++;
    }
    at += 4 + body;
    if (type == 0)
      return at == length && protocol && algorithm && cookies == COOKIES;
  }
  return 0;
}

static int establish(SSL_CTX *context, const struct sockaddr_in *to, struct keys *keys) {
  static const unsigned char request[] = {0x80, 1, 0, 2, 0, 0, 0x80, 4, 0, 2, 0, 15, 0x80, 0, 0, 0};
  static const unsigned char to_server[] = {0, 0, 0, AES_SIV_CMAC_256, 0};
  static const char label[] = "EXPORTER-network-time-security";
  int descriptor = socket(AF_INET, SOCK_STREAM, 0), one = 1, good = 0;
  /* A reset instead of a farewell, or the ports of this machine would be used up for a minute each. */
  struct linger no_farewell = {1, 0};
  struct timeval patience = {20, 0};
  setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &no_farewell, sizeof no_farewell);
  setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  SSL *tls = SSL_new(context);
  if (connect(descriptor, (const struct sockaddr *)to, sizeof *to) == 0 && SSL_set_fd(tls, descriptor) &&
      SSL_connect(tls) == 1) {
    const unsigned char *protocol;
    unsigned length;
    unsigned char answer[4096];
    int got = 0, more;
    SSL_get0_alpn_selected(tls, &protocol, &length);
    SSL_write(tls, request, sizeof request);
    while (!(good = judge(answer, got, keys)) && (more = SSL_read(tls, answer + got, sizeof answer - got)) > 0)
      got += more;
    good = good && length == 7 && memcmp(protocol, "ntske/1", 7) == 0 &&
           SSL_export_keying_material(tls, keys->to_server, KEY, label, sizeof label - 1, to_server,
                                      sizeof to_server, 1) == 1;
  }
  ERR_clear_error();
  SSL_free(tls);
  close(descriptor);
  return good;
}

static unsigned char *begin_field(unsigned char *at, int type, int length) {
  at[0] = type >> 8, at[1] = type & 0xFF, at[2] = length >> 8, at[3] = length & 0xFF;
  return at + 4;
}

static void mac(const unsigned char *key, const unsigned char *octets, size_t length, unsigned char *out) {
  EVP_MAC *algorithm = EVP_MAC_fetch(NULL, "CMAC", NULL);
  EVP_MAC_CTX *context = EVP_MAC_CTX_new(algorithm);
  OSSL_PARAM cipher[] = {OSSL_PARAM_construct_utf8_string("cipher", (char *)"AES-128-CBC", 0), OSSL_PARAM_construct_end()};
  size_t written;
  if (!EVP_MAC_init(context, key, KEY / 2, cipher) || !EVP_MAC_update(context, octets, length) ||
      !EVP_MAC_final(context, out, &written, TAG)) {
    ERR_print_errors_fp(stderr);
    exit(1);
  }
  EVP_MAC_CTX_free(context);
  EVP_MAC_free(algorithm);
}

static void doubled(unsigned char *block) {
  int carry = block[0] >> 7;
  for (int i = 0; i < TAG; i++)
    block[i] = (unsigned char)(block[i] << 1 | (i + 1 < TAG ? block[i + 1] >> 7 : 0));
  block[TAG - 1] ^= carry ? 0x87 : 0;
}

/* AES-SIV of no text (RFC 5297, section 2.6); OpenSSL 3.0 refuses to seal nothing. */
static void seal_nothing(const unsigned char *key, const unsigned char *associated, size_t length,
                         const unsigned char *nonce, unsigned char *tag) {
  unsigned char sum[TAG] = {0}, part[TAG];
  mac(key, sum, TAG, sum);
  mac(key, associated, length, part);
  doubled(sum);
  for (int i = 0; i < TAG; i++)
    sum[i] ^= part[i];
  mac(key, nonce, NONCE, part);
  doubled(sum);
  for (int i = 0; i < TAG; i++)
    sum[i] ^= part[i];
  doubled(sum);
  sum[0] ^= 0x80;
  mac(key, sum, TAG, tag);
}

/* A request with an identifier, a cookie and an authenticator of nothing (RFC 8915, section 5.7). */
static int write_request(const char *name, const struct keys *keys) {
  unsigned char packet[REQUEST_ROOM] = {4 << 3 | 3}, *at = packet + NTP_LENGTH, *authenticator;
  set_field(packet, TRANSMIT_AT, 0x5EED000000000000u | (uint64_t)getpid());
  at = begin_field(at, 0x0104, 4 + IDENTIFIER) + IDENTIFIER;
  memset(at - IDENTIFIER, 0xA5, IDENTIFIER);
  at = begin_field(at, 0x0204, 4 + keys->cookie_length);
  memcpy(at, keys->cookie, keys->cookie_length);
  authenticator = at += keys->cookie_length;
  at = begin_field(at, 0x0404, 8 + NONCE + TAG);
  at = begin_field(at, NONCE, TAG);
  memset(at, 0x5A, NONCE);
  seal_nothing(keys->to_server, packet, authenticator - packet, at, at + NONCE);
  FILE *file = fopen(name, "wb");
  size_t length = at + NONCE + TAG - packet;
  return file && fwrite(packet, 1, length, file) == length && fclose(file) == 0;
}

int main(int argc, char **argv) {
  if (argc != 7 && argc != 8) {
    fprintf(stderr, "usage: nts-ke ADDRESS PORT CA_FILE COUNT CPU SERVER_PID [REQUEST_FILE]\n");
    return 2;
  }
  struct sockaddr_in to = target(argv[1], atoi(argv[2]));
  int count = atoi(argv[4]), failed = 0;
  struct keys keys = {0};
  clockid_t server_clock;
  if (clock_getcpuclockid(atoi(argv[6]), &server_clock) != 0) {
    fprintf(stderr, "no process %s\n", argv[6]);
    return 1;
  }
  pin_to(atoi(argv[5]));
  SSL_CTX *context = SSL_CTX_new(TLS_client_method());
  SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, NULL);
  if (SSL_CTX_load_verify_locations(context, argv[3], NULL) != 1 ||
      SSL_CTX_set_alpn_protos(context, (const unsigned char *)"\7ntske/1", 8) != 0) {
    ERR_print_errors_fp(stderr);
    return 1;
  }
  double start = seconds_of(CLOCK_MONOTONIC), before = seconds_of(server_clock);
  for (int i = 0; i < count; i++)
    failed += !establish(context, &to, &keys);
  double elapsed = seconds_of(CLOCK_MONOTONIC) - start, used = seconds_of(server_clock) - before;
  int good = count - failed;
  printf("handshakes_per_second %.0f handshake_us %.1f failed %d\n", good / elapsed,
         used * 1e6 / (good > 0 ? good : 1), failed);
  if (failed == 0 && argc == 8 && !write_request(argv[7], &keys)) {
    fprintf(stderr, "no request could be written to '%s'\n", argv[7]);
    return 1;
  }
  if (failed != 0)
    fprintf(stderr, "%d of %d handshakes with %s:%s failed\n", failed, count, argv[1], argv[2]);
  return failed != 0;
}
