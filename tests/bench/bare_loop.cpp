// What starting a program costs without assay: posix_spawn and wait4 in a loop, written as in C. Prints the mean
// nanoseconds per round, the mean peak memory that the kernel tells of the program, and the median round. It is linked
// statically: a child starts with the peak of its parent, and that of the dynamic loader alone is above that of
// /bin/true. Usage: bare_loop ROUNDS PROGRAM [ARGUMENT...]
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long now_ns(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000L + time.tv_nsec;
}

static int ascending(const void* left, const void* right) {
  const long difference = *(const long*)left - *(const long*)right;
  return (difference > 0) - (difference < 0);
}

int main(int argument_count, char** arguments) {
  const int rounds = argument_count > 2 ? atoi(arguments[1]) : 0;
  if (rounds < 1) {
    fprintf(stderr, "usage: bare_loop ROUNDS PROGRAM [ARGUMENT...]\n");
    return 1;
  }
  struct rusage usage = {};
  long max_rss_sum = 0;
  long* const times = (long*)calloc((size_t)rounds, sizeof(long));
  if (times == NULL) return 4;
  const long start = now_ns();
  for (int round = 0; round < rounds; ++round) {
    pid_t child = 0;
    int status = 0;
    const long round_start = now_ns();
    if (posix_spawn(&child, arguments[2], NULL, NULL, arguments + 2, environ) != 0) return 2;
    if (wait4(child, &status, 0, &usage) != child || status != 0) return 3;
    times[round] = now_ns() - round_start;
    max_rss_sum += usage.ru_maxrss;
  }
  const long mean = (now_ns() - start) / rounds;
  qsort(times, (size_t)rounds, sizeof(long), ascending);
  printf("%ld ns, max_rss %ld kB, median %ld ns\n", mean, max_rss_sum / rounds, times[rounds / 2]);
  free(times);
  return 0;
}
