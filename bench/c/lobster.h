/* Bytes of LOBSTER files to numbers. Every line ends in a newline. */
static const double fraction_scale[] = { 1e9, 1e8, 1e7, 1e6, 1e5, 1e4, 1e3, 100, 10, 1 };

typedef struct { double micros; int nanos, type; double id, size, price; int direction; } Message;

static inline int64_t whole(const char **at) {
  const char *p = *at;
  int sign = *p == '-';
  p += sign;
  int64_t n = 0;
  for (unsigned d; (d = (unsigned)(*p - '0')) < 10; p++) n = n * 10 + d;
  *at = p + 1;
  return sign ? -n : n;
}
static inline const char *parse_message(const char *at, Message *m) {
  int64_t s = 0, f = 0;
  for (unsigned d; (d = (unsigned)(*at - '0')) < 10; at++) s = s * 10 + d;
  if (*at == '.') {
    const char *first = ++at;
    for (unsigned d; at < first + 9 && (d = (unsigned)(*at - '0')) < 10; at++) f = f * 10 + d;
    f *= (int64_t)fraction_scale[at - first];
  }
  at++;
  m->micros = s * 1e6 + f / 1000;
  m->nanos = f % 1000;
  m->type = whole(&at);
  m->id = whole(&at);
  m->size = whole(&at);
  m->price = whole(&at);
  m->direction = whole(&at);
  return at;
}
