/* A level 3 book: sorted levels best last, orders in an open-addressing table with first-in-first-out links. */
#define NONE (-1)
#define TABLE_BITS 20
#define TABLE (1 << TABLE_BITS)

typedef struct { double ticks, lots; int head, tail, count; } Level;
typedef struct { Level *levels; int length, capacity, sign; } Side;
typedef struct { double id, lots, ticks; int previous, next, side; } Order;
typedef struct { double id; int order; } Cell;
typedef struct { Side bids, asks; Order *orders; Cell *cells; int used, capacity, free; } Book;

static Book *book_new(void) {
  Book *book = calloc(1, sizeof *book);
  book->bids.sign = 1;
  book->asks.sign = -1;
  book->free = NONE;
  book->cells = malloc(sizeof(Cell) * TABLE);
  for (int i = 0; i < TABLE; i++) book->cells[i].order = NONE;
  return book;
}
static void book_free(Book *book) {
  free(book->bids.levels);
  free(book->asks.levels);
  free(book->orders);
  free(book->cells);
  free(book);
}
static inline int home_of(double id) { return (int)(((uint64_t)id * 0x9e3779b97f4a7c15ull) >> (64 - TABLE_BITS)); }

/* Index of the level, or of where it belongs. */
static inline int level_at(const Side *side, double ticks, int *found) {
  double key = side->sign * ticks;
  int i = side->length - 1, stop = side->length > 12 ? side->length - 12 : 0;
  for (; i >= stop; i--) {
    double held = side->sign * side->levels[i].ticks;
    if (held == key) { *found = 1; return i; }
    if (held < key) { *found = 0; return i + 1; }
  }
  int low = 0, high = i;
  while (low <= high) {
    int middle = (low + high) >> 1;
    double held = side->sign * side->levels[middle].ticks;
    if (held == key) { *found = 1; return middle; }
    if (held < key) low = middle + 1; else high = middle - 1;
  }
  *found = 0;
  return low;
}
static inline Level *level_for(Side *side, double ticks) {
  int found, at = level_at(side, ticks, &found);
  if (found) return &side->levels[at];
  if (side->length == side->capacity) {
    side->capacity = side->capacity ? 2 * side->capacity : 256;
    side->levels = realloc(side->levels, sizeof(Level) * side->capacity);
  }
  memmove(&side->levels[at + 1], &side->levels[at], sizeof(Level) * (side->length - at));
  side->length++;
  side->levels[at] = (Level){ ticks, 0, NONE, NONE, 0 };
  return &side->levels[at];
}
static inline void drop_level(Side *side, Level *level) {
  int at = level - side->levels;
  side->length--;
  memmove(level, level + 1, sizeof(Level) * (side->length - at));
}
static inline int order_of(const Book *book, double id) {
  for (int at = home_of(id);; at = (at + 1) & (TABLE - 1)) {
    if (book->cells[at].order == NONE || book->cells[at].id == id) return book->cells[at].order;
  }
}
static void forget_id(Book *book, double id) {
  int hole = home_of(id);
  while (book->cells[hole].id != id) hole = (hole + 1) & (TABLE - 1);
  for (int at = (hole + 1) & (TABLE - 1); book->cells[at].order != NONE; at = (at + 1) & (TABLE - 1)) {
    if (((at - home_of(book->cells[at].id)) & (TABLE - 1)) < ((at - hole) & (TABLE - 1))) continue;
    book->cells[hole] = book->cells[at];
    hole = at;
  }
  book->cells[hole].order = NONE;
}
static inline void book_set(Book *book, int side, double ticks, double lots) {
  Side *s = side == 1 ? &book->bids : &book->asks;
  if (lots > 0) level_for(s, ticks)->lots = lots;
  else {
    int found, at = level_at(s, ticks, &found);
    if (found) drop_level(s, &s->levels[at]);
  }
}
/* Joins the tail of its price; `attach` where the level's total holds it already. */
static inline void book_add(Book *book, double id, int side, double ticks, double lots, int attach) {
  Level *level = level_for(side == 1 ? &book->bids : &book->asks, ticks);
  int order = book->free;
  if (order != NONE) book->free = book->orders[order].next;
  else {
    if (book->used == book->capacity) {
      book->capacity = book->capacity ? 2 * book->capacity : 4096;
      book->orders = realloc(book->orders, sizeof(Order) * book->capacity);
    }
    order = book->used++;
  }
  book->orders[order] = (Order){ id, lots, ticks, level->tail, NONE, side };
  if (level->tail == NONE) level->head = order; else book->orders[level->tail].next = order;
  level->tail = order;
  level->count++;
  if (!attach) level->lots += lots;
  int at = home_of(id);
  while (book->cells[at].order != NONE) at = (at + 1) & (TABLE - 1);
  book->cells[at] = (Cell){ id, order };
}
/* An id never seen takes from the level's anonymous quantity. */
static inline void book_take(Book *book, double id, int side, double ticks, double lots) {
  Side *s = side == 1 ? &book->bids : &book->asks;
  int found, at = level_at(s, ticks, &found), order = order_of(book, id);
  if (!found) return;
  Level *level = &s->levels[at];
  level->lots -= lots;
  if (order != NONE) {
    Order *o = &book->orders[order];
    o->lots -= lots;
    if (o->lots <= 0) {
      if (o->previous == NONE) level->head = o->next; else book->orders[o->previous].next = o->next;
      if (o->next == NONE) level->tail = o->previous; else book->orders[o->next].previous = o->previous;
      level->count--;
      forget_id(book, id);
      o->next = book->free;
      book->free = order;
    }
  }
  if (level->lots <= 0) drop_level(s, level);
}
static inline double ticks_of(const Side *side, int level) { return level < side->length ? side->levels[side->length - 1 - level].ticks : NAN; }
static inline double lots_of(const Side *side, int level) { return level < side->length ? side->levels[side->length - 1 - level].lots : 0; }
