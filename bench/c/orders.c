/* Order messages to a book with queues. Usage: orders FOLDER */
#include "common.h"
#include "book.h"

static double *rows;
static long opening, count;

static Book *opened(void) {
  Book *book = book_new();
  for (long i = 0; i < opening; i++) book_add(book, rows[5 * i + 4], rows[5 * i + 1], rows[5 * i + 2], rows[5 * i + 3], 0);
  return book;
}
static inline void apply(Book *book, const double *row) {
  if (row[0] == 4) book_add(book, row[4], row[1], row[2], row[3], 0);
  else book_take(book, row[4], row[1], row[2], row[3]);
}
static void run(void) {
  Book *book = opened();
  for (long i = opening; i < opening + count; i++) apply(book, rows + 5 * i);
  book_free(book);
}

int main(int argc, char **argv) {
  size_t size;
  double *file = read_whole(path_in(argv[1], "orders.bin"), &size);
  opening = file[1];
  count = file[2] - opening;
  rows = file + 3;
  uint32_t hash = 0x811c9dc5;
  Book *book = opened();
  for (long i = 0; i < 100000 && i < count; i++) {
    apply(book, rows + 5 * (opening + i));
    if (i % 997) continue;
    for (int level = 0; level < 10; level++) {
      double bid = lots_of(&book->bids, level), ask = lots_of(&book->asks, level);
      int32_t top[4] = { bid > 0 ? (int32_t)ticks_of(&book->bids, level) : -1, (int32_t)bid, ask > 0 ? (int32_t)ticks_of(&book->asks, level) : -1, (int32_t)ask };
      for (int n = 0; n < 4; n++) hash = (hash ^ (uint32_t)top[n]) * 0x01000193u;
    }
  }
  book_free(book);
  char text[16];
  sprintf(text, "%x", hash);
  contest(text, count, run);
}
