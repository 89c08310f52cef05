/* A message file to columns, from the file system each pass. Usage: parse FOLDER */
#include "common.h"
#include "lobster.h"

static const char *path;
static double *micros, *ids, *sizes, *prices;
static uint16_t *nanos;
static uint8_t *types;
static int8_t *directions;
static long rows;

static void run(void) {
  enum { chunk = 1 << 20 };
  static char buffer[2 * chunk];
  int file = open(path, O_RDONLY);
  size_t held = 0;
  ssize_t got;
  rows = 0;
  while ((got = read(file, buffer + held, chunk)) > 0) {
    held += got;
    const char *end = buffer + held;
    while (end > buffer && end[-1] != '\n') end--;
    for (const char *at = buffer; at < end; rows++) {
      Message m;
      at = parse_message(at, &m);
      micros[rows] = m.micros; nanos[rows] = m.nanos; types[rows] = m.type; ids[rows] = m.id;
      sizes[rows] = m.size; prices[rows] = m.price; directions[rows] = m.direction;
    }
    held -= end - buffer;
    memmove(buffer, end, held);
  }
  close(file);
}

int main(int argc, char **argv) {
  path = path_in(argv[1], "SIM_2024-01-02_34200000_57600000_message_10.csv");
  long most = 8000000;
  micros = malloc(8 * most); ids = malloc(8 * most); sizes = malloc(8 * most); prices = malloc(8 * most);
  nanos = malloc(2 * most); types = malloc(most); directions = malloc(most);
  run();
  double sum = 0;
  for (long i = 0; i < 100000 && i < rows; i++) sum += micros[i] - 3e10 + nanos[i] + sizes[i] + prices[i];
  char text[40];
  sprintf(text, "%.0f", sum);
  contest(text, rows, run);
}
