/* Is a slow run slow code or a slow machine? Two loops without memory, in CPU milliseconds, N times: eight sums that do not wait for each
   other (how many instructions the core does at once: halved where a neighbour shares it) and one chain (how fast its clock is).
   cc -O2 bench/c/throughput.c -o throughput && ./throughput 20 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double cpuMillis(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec * 1e3 + now.tv_nsec * 1e-6;
}

#define ADD(sum) __asm__ volatile("add %1,%0" : "+r"(sum) : "r"(i))

int main(int argc, char **argv) {
  int times = argc > 1 ? atoi(argv[1]) : 1;
  volatile uint64_t kept = 0;
  for (int n = 0; n < times; n++) {
    double from = cpuMillis();
    uint64_t a = 1, b = 2, c = 3, d = 4, e = 5, f = 6, g = 7, h = 8;
    for (long i = 0; i < 20000000; i++) { ADD(a); ADD(b); ADD(c); ADD(d); ADD(e); ADD(f); ADD(g); ADD(h); }
    double between = cpuMillis();
    uint64_t chain = a ^ b ^ c ^ d ^ e ^ f ^ g ^ h ^ 88172645463325252ull;
    for (long i = 0; i < 10000000; i++) { chain ^= chain << 13; chain ^= chain >> 7; chain ^= chain << 17; }
    kept += chain;
    printf("%.1f %.1f\n", between - from, cpuMillis() - between);
  }
  return 0;
}
