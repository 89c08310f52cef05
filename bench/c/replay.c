/* Both LOBSTER files to a level 3 book, held against the order-book file, to thirty-two features to a matrix. Usage: replay FOLDER */
#include "common.h"
#include "book.h"
#include "lobster.h"
#define LEVELS 10
#define COLUMNS 32
#define UNITS 100
#define SPAN 10000000.0

typedef struct { double *keys, *values; int head, length, capacity; double sum, carry; int non_zero; } Rolling;
typedef struct { double bid_ticks, bid_lots, ask_ticks, ask_lots; } Rank;
typedef struct { Rank ranks[LEVELS]; double origin, mid; Rolling ofi1, ofi5, squares; } State;

static double *matrix;
static long rows, capacity_rows;
static const char *message_path, *book_path;

static void rolling_add(Rolling *r, double v) {
  double sum = r->sum + v;
  r->carry += fabs(r->sum) >= fabs(v) ? r->sum - sum + v : v - sum + r->sum;
  r->sum = sum;
}
static void rolling_push(Rolling *r, double key, double v) {
  if (r->length == r->capacity) {
    int bigger = r->capacity ? 2 * r->capacity : 1024;
    double *keys = malloc(8 * bigger), *values = malloc(8 * bigger);
    for (int i = 0; i < r->length; i++) {
      keys[i] = r->keys[(r->head + i) & (r->capacity - 1)];
      values[i] = r->values[(r->head + i) & (r->capacity - 1)];
    }
    free(r->keys); free(r->values);
    r->keys = keys; r->values = values; r->head = 0; r->capacity = bigger;
  }
  int at = (r->head + r->length++) & (r->capacity - 1);
  r->keys[at] = key; r->values[at] = v;
  if (v != 0) { r->non_zero++; rolling_add(r, v); }
}
static void rolling_evict(Rolling *r, double key) {
  while (r->length > 0 && r->keys[r->head] <= key) {
    double v = r->values[r->head];
    r->head = (r->head + 1) & (r->capacity - 1);
    r->length--;
    if (v == 0) continue;
    if (--r->non_zero > 0) rolling_add(r, -v);
    else r->sum = r->carry = 0;
  }
}
static double side_flow(double ticks, double lots, double ticks_before, double lots_before) {
  if (isnan(lots - lots_before)) return NAN;
  if (ticks > ticks_before) return lots;
  if (ticks < ticks_before) return -lots_before;
  return ticks == ticks_before ? lots - lots_before : 0;
}

static void features(State *s, const Book *book, double now, double trade, double *out) {
  const Side *bids = &book->bids, *asks = &book->asks;
  double bt[LEVELS], bl[LEVELS], at[LEVELS], al[LEVELS];
  for (int i = 0; i < LEVELS; i++) {
    bt[i] = ticks_of(bids, i); bl[i] = lots_of(bids, i); at[i] = ticks_of(asks, i); al[i] = lots_of(asks, i);
  }
  double mid = (bt[0] + at[0]) / 2;
  out[0] = mid / 100;
  out[1] = at[0] - bt[0];
  out[2] = (al[0] * bt[0] + bl[0] * at[0]) / (bl[0] + al[0]) / 100;
  out[3] = (bl[0] - al[0]) / (bl[0] + al[0]);
  double b5 = 0, a5 = 0, b10 = 0, a10 = 0, bh = 0, ah = 0, bs = 0, as = 0;
  for (int i = 0; i < LEVELS; i++) {
    if (i < 5) { b5 += bl[i]; a5 += al[i]; }
    b10 += bl[i]; a10 += al[i];
    bh += 1.0 / (i + 1) * bl[i]; ah += 1.0 / (i + 1) * al[i];
    if (bl[i] != 0) bs += (bt[i] - bt[0]) * bl[i];
    if (al[i] != 0) as += (at[i] - bt[0]) * al[i];
  }
  out[4] = (b5 - a5) / (b5 + a5);
  out[5] = (b10 - a10) / (b10 + a10);
  out[6] = (bh - ah) / (bh + ah);
  out[7] = (bt[0] + bs / b10) / 100;
  out[8] = (bt[0] + as / a10) / 100;
  out[9] = (bt[0] + (bs + as) / (b10 + a10)) / 100;
  double pool[2 * LEVELS], total = b10 + a10, squares = 0, ranked = 0;
  int count = 0;
  for (int i = 0; i < LEVELS; i++) {
    for (int side = 0; side < 2; side++) {
      double lots = side ? al[i] : bl[i];
      if (lots == 0) continue;
      int k = count++;
      while (k > 0 && pool[k - 1] > lots) { pool[k] = pool[k - 1]; k--; }
      pool[k] = lots;
    }
  }
  for (int i = 0; i < count; i++) {
    double share = pool[i] / total;
    squares += share * share;
    ranked += (i + 1) * share;
  }
  out[10] = (bl[0] + al[0]) / total;
  out[11] = squares;
  out[12] = (squares - 1.0 / count) / (1 - 1.0 / count);
  out[13] = (2 * ranked - (count + 1)) / count;
  out[14] = b5; out[15] = a5; out[16] = b10; out[17] = a10;
  double flow5 = 0;
  for (int i = 0; i < LEVELS; i++) {
    Rank *before = &s->ranks[i];
    out[18 + i] = side_flow(bt[i], bl[i], before->bid_ticks, before->bid_lots) - side_flow(-at[i], al[i], -before->ask_ticks, before->ask_lots);
    *before = (Rank){ bt[i], bl[i], at[i], al[i] };
    if (i < 5) flow5 += out[18 + i];
  }
  if (isnan(s->origin)) s->origin = now;
  int covered = now - s->origin >= SPAN;
  rolling_evict(&s->ofi1, now - SPAN);
  if (!isnan(out[18])) rolling_push(&s->ofi1, now, out[18]);
  rolling_evict(&s->ofi5, now - SPAN);
  if (!isnan(flow5)) rolling_push(&s->ofi5, now, flow5);
  out[28] = covered && s->ofi1.length > 0 ? s->ofi1.sum + s->ofi1.carry : NAN;
  out[29] = covered && s->ofi5.length > 0 ? s->ofi5.sum + s->ofi5.carry : NAN;
  out[30] = trade;
  rolling_evict(&s->squares, now - SPAN);
  double change = log1p((mid - s->mid) / s->mid);
  if (!isnan(change)) rolling_push(&s->squares, now, change * change);
  s->mid = mid;
  double variance = s->squares.sum + s->squares.carry;
  out[31] = covered && s->squares.length >= 2 ? sqrt(variance > 0 ? variance : 0) : NAN;
}

typedef struct { int file; char *buffer; size_t from, to, end; } Lines;
enum { chunk = 1 << 20 };
static Lines lines_of(const char *path) { return (Lines){ open(path, O_RDONLY), malloc(2 * chunk), 0, 0, 0 }; }
static const char *line(Lines *l) {
  if (l->from == l->to) {
    memmove(l->buffer, l->buffer + l->to, l->end - l->to);
    l->end -= l->to;
    l->from = l->to = 0;
    ssize_t got = read(l->file, l->buffer + l->end, chunk);
    if (got <= 0) return NULL;
    l->end += got;
    for (l->to = l->end; l->buffer[l->to - 1] != '\n'; l->to--);
  }
  return l->buffer + l->from;
}

/* Levels that the row shows and the book lacks come in at the far end; what lies below the tenth goes. */
static void settle(Book *book, const double *row) {
  for (int side = 0; side < 2; side++) {
    Side *s = side ? &book->bids : &book->asks;
    for (int i = 0; i < LEVELS; i++) {
      double price = row[4 * i + 2 * side], lots = row[4 * i + 2 * side + 1];
      if (lots_of(s, i) != lots || (lots > 0 && ticks_of(s, i) != price / UNITS)) level_for(s, price / UNITS)->lots = lots;
    }
    while (s->length > LEVELS) drop_level(s, &s->levels[0]);
  }
}

static void run(void) {
  Lines messages = lines_of(message_path), books = lines_of(book_path);
  Book *book = book_new();
  State state;
  memset(&state, 0, sizeof state);
  state.origin = state.mid = NAN;
  for (int i = 0; i < LEVELS; i++) state.ranks[i] = (Rank){ 0, NAN, 0, NAN };
  rows = 0;
  for (const char *at; (at = line(&messages));) {
    Message m;
    messages.from = parse_message(at, &m) - messages.buffer;
    const char *b = line(&books);
    double row[4 * LEVELS];
    for (int i = 0; i < 4 * LEVELS; i++) row[i] = whole(&b);
    books.from = b - books.buffer;
    if (rows + 2 > capacity_rows) matrix = realloc(matrix, 8 * COLUMNS * (capacity_rows = capacity_rows ? 2 * capacity_rows : 1 << 20));
    double ticks = m.price / UNITS, trade = m.type == 4 || m.type == 5 ? -m.direction * m.size : 0;
    if (rows == 0) {
      settle(book, row);
      Side *s = m.direction == 1 ? &book->bids : &book->asks;
      if (m.type <= 4) level_for(s, ticks)->lots += m.type == 1 ? -m.size : m.size;
      features(&state, book, m.micros, 0, matrix + COLUMNS * rows++);
    }
    if (m.type == 1) book_add(book, m.id, m.direction, ticks, m.size, 0);
    else if (m.type <= 4) book_take(book, m.id, m.direction, ticks, m.size);
    settle(book, row);
    features(&state, book, m.micros, trade, matrix + COLUMNS * rows++);
  }
  book_free(book);
  close(messages.file); close(books.file);
  free(messages.buffer); free(books.buffer);
  free(state.ofi1.keys); free(state.ofi1.values); free(state.ofi5.keys); free(state.ofi5.values); free(state.squares.keys); free(state.squares.values);
}

int main(int argc, char **argv) {
  message_path = path_in(argv[1], "SIM_2024-01-02_34200000_57600000_message_10.csv");
  book_path = path_in(argv[1], "SIM_2024-01-02_34200000_57600000_orderbook_10.csv");
  run();
  char *text = calloc(COLUMNS, 40);
  for (int column = 0; column < COLUMNS; column++) {
    double sum = 0;
    long defined = 0;
    for (long i = 0; i < rows; i++) {
      double v = matrix[COLUMNS * i + column];
      if (isnan(v)) continue;
      sum += v;
      defined++;
    }
    sprintf(text + strlen(text), "%s%ld:%.7e", column ? " " : "", defined, sum);
  }
  contest(text, rows, run);
}
