#pragma once

#include <poll.h>
#include <unistd.h>
#include <vector>

#include "ends.hpp"

// The 1200x: a worker says that it is ready. The pool then closes that pipe, and a worker takes a closed pipe for the
// end of the pool.

inline void say_ready(const WorkerEnds& ends) {
  const char ready = 'r';
  (void)!::write(ends.ready, &ready, 1);
}
inline bool must_exit(const WorkerEnds& ends) {
  pollfd watched = {ends.ready, 0, 0};
  return ::poll(&watched, 1, 0) == 1 && (watched.revents & POLLERR) != 0;
}
inline void await_workers(const std::vector<PoolEnds>& workers) {
  for (const PoolEnds& worker : workers) {
    char ready = 0;
    (void)!::read(worker.ready, &ready, 1);
    ::close(worker.ready);
  }
}
