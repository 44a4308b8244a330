#pragma once

/// The ends of a worker's pipes in the worker.
struct WorkerEnds {
  int requests;
  int answers;
  int ready;
};
/// The same in the pool.
struct PoolEnds {
  int requests;
  int answers;
  int ready;
};
