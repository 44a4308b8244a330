#pragma once

#include <unistd.h>
#include <vector>

#include "ends.hpp"

// Mended: a worker says that it is ready, and lives until the pool closes the pipe of requests.

inline void say_ready(const WorkerEnds& ends) {
  const char ready = 'r';
  (void)!::write(ends.ready, &ready, 1);
}
inline bool must_exit(const WorkerEnds&) {
  return false;
}
inline void await_workers(const std::vector<PoolEnds>& workers) {
  for (const PoolEnds& worker : workers) {
    char ready = 0;
    (void)!::read(worker.ready, &ready, 1);
    ::close(worker.ready);
  }
}
