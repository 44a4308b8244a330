/* One of 81 tests: it computes, and then it waits, as for the answer of a server.
 *
 * Test 40 makes a fixture, which takes its time, and makes it anew in every second run. Test 41 needs the fixture, so it
 * fails if it runs at the same time. Test 17 takes one of three ports in turn, one of which is in use: it fails in every
 * third run, however the suite is run. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#include "weight.h"

static int failed(const char* why) {
  fprintf(stderr, "test %d: %s\n", NUMBER, why);
  return 1;
}

/* The path of a file that later runs of the same arm find again. */
static const char* kept_file(const char* name) {
  static char path[4096];
  const char* folder = getenv("ASSAY_ARM_DIR");
  snprintf(path, sizeof path, "%s/%s", folder ? folder : ".", name);
  return path;
}

static void make_file(const char* path) {
  FILE* file = fopen(path, "w");
  if (file) fclose(file);
}

static int exists(const char* path) {
  struct stat status;
  return stat(path, &status) == 0;
}

/* How often this was called for the file before, in all runs. */
static int runs_before(const char* path) {
  int runs = 0;
  FILE* file = fopen(path, "r");
  if (file) {
    if (fscanf(file, "%d", &runs) != 1) runs = 0;
    fclose(file);
  }
  file = fopen(path, "w");
  if (file) {
    fprintf(file, "%d\n", runs + 1);
    fclose(file);
  }
  return runs;
}

/* Goes so many steps of a generator of random numbers forwards, and back again. Returns whether it arrives. */
static int compute(int units) {
  const unsigned long start = NUMBER;
  unsigned long number = start;
  const long steps = 6000L * WEIGHT * units / 2;
  for (long step = 0; step < steps; ++step) number = number * 6364136223846793005UL + 1442695040888963407UL;
  for (long step = 0; step < steps; ++step) number = (number - 1442695040888963407UL) * 13877824140714322085UL;
  return number == start;
}

static void wait_for(int units) {
  const long microseconds = 75L * WEIGHT * units;
  const struct timespec time = {microseconds / 1000000, microseconds % 1000000 * 1000};
  nanosleep(&time, NULL);
}

static void make_fixture(const char* path) {
  remove(path);
  wait_for(60);
  make_file(path);
}

int main(void) {
  const int units = NUMBER == 1 ? 300 : NUMBER * 7 % 10 + 1;
  if (NUMBER == 17 && runs_before(kept_file("ports")) % 3 == 2) return failed("the port is in use");
  if (NUMBER == 40 && runs_before(kept_file("fixtures")) % 2 == 0) make_fixture(kept_file("fixture"));
  if (NUMBER == 41 && !USES_THE_FIXTURE_OF_TEST_40) make_fixture(kept_file("fixture-of-41"));
  if (NUMBER == 41 && !exists(kept_file(USES_THE_FIXTURE_OF_TEST_40 ? "fixture" : "fixture-of-41"))) {
    return failed("there is no fixture");
  }
  if (!compute(units)) return failed("the generator does not find its way back");
  wait_for(units);
  return 0;
}
