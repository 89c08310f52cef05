/* Shared by the C baselines: files, time, the score line that the runner reads. */
#include <fcntl.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static double seconds_of(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static char *path_in(const char *folder, const char *name) {
  char *path = malloc(strlen(folder) + strlen(name) + 2);
  sprintf(path, "%s/%s", folder, name);
  return path;
}

static void *read_whole(const char *path, size_t *size) {
  int file = open(path, O_RDONLY);
  struct stat info;
  if (file < 0 || fstat(file, &info)) { perror(path); exit(1); }
  char *bytes = malloc(info.st_size + 1);
  size_t got = 0;
  ssize_t n;
  while (got < (size_t)info.st_size && (n = read(file, bytes + got, info.st_size - got)) > 0) got += n;
  close(file);
  *size = got;
  return bytes;
}

/* Passes until three seconds are over, two at least, after one to warm up. */
static void contest(const char *hash, long units, void (*run)(void)) {
  run();
  double cpu = INFINITY, wall = INFINITY, begun = seconds_of(CLOCK_MONOTONIC);
  for (int pass = 0; pass < 2 || seconds_of(CLOCK_MONOTONIC) - begun < 3; pass++) {
    double cpu_from = seconds_of(CLOCK_PROCESS_CPUTIME_ID), wall_from = seconds_of(CLOCK_MONOTONIC);
    run();
    double w = seconds_of(CLOCK_MONOTONIC) - wall_from, c = seconds_of(CLOCK_PROCESS_CPUTIME_ID) - cpu_from;
    if (w < wall) wall = w;
    if (c < cpu) cpu = c;
  }
  struct rusage use;
  getrusage(RUSAGE_SELF, &use);
  printf("{\"hash\":\"%s\",\"units\":%ld,\"cpuSeconds\":%.9f,\"wallSeconds\":%.9f,\"peakMegabytes\":%.1f}\n", hash, units, cpu, wall, use.ru_maxrss / 1024.0);
}
