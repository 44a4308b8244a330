// A pool of worker processes that serve requests over pipes, and a stress test of it: 10 clients on 8 workers, and 4
// more that are started while all are busy. It prints one JSON object.

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <mutex>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include "starting.hpp"

namespace {

constexpr int kWorkers = 8;
constexpr int kMostWorkers = 12;
constexpr int kClients = 10;
constexpr int kOperationsOfAClient = 20;
constexpr auto kOperation = std::chrono::milliseconds(2);

/// Serves requests until the pool closes its end, or the way of starting says that it is over.
[[noreturn]] void serve(const WorkerEnds& ends) {
  say_ready(ends);
  char request = 0;
  while (::read(ends.requests, &request, 1) == 1) {
    if (must_exit(ends)) std::_Exit(1);
    std::this_thread::sleep_for(kOperation);
    if (::write(ends.answers, &request, 1) != 1) break;
  }
  std::_Exit(0);
}

class Pool {
 public:
  Pool() {
    for (int number = 0; number < kWorkers; ++number) start();
    await_workers(workers_);
    for (const PoolEnds& worker : workers_) idle_.push_back(worker);
  }
  ~Pool() {
    for (const PoolEnds& worker : workers_) ::close(worker.requests);
    for (std::size_t worker = 0; worker < workers_.size(); ++worker) ::wait(nullptr);
  }
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  /// Has some worker do one operation; false if that worker is gone.
  bool operate() {
    const PoolEnds worker = take();
    char byte = 'x';
    const bool done = ::write(worker.requests, &byte, 1) == 1 && ::read(worker.answers, &byte, 1) == 1;
    const std::lock_guard lock(mutex_);
    idle_.push_back(worker);
    return done;
  }

 private:
  PoolEnds take() {
    while (true) {
      {
        const std::lock_guard lock(mutex_);
        if (idle_.empty() && workers_.size() < kMostWorkers) {
          start();
          await_workers({workers_.back()});
          return workers_.back();
        }
        if (!idle_.empty()) {
          const PoolEnds worker = idle_.front();
          idle_.erase(idle_.begin());
          return worker;
        }
      }
      std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
  }

  void start() {
    int requests[2];
    int answers[2];
    int ready[2];
    if (::pipe(requests) != 0 || ::pipe(answers) != 0 || ::pipe(ready) != 0) std::_Exit(2);
    const pid_t child = ::fork();
    if (child < 0) std::_Exit(2);
    if (child == 0) {
      for (const PoolEnds& other : workers_) ::close(other.requests);  // else it would never see its own end
      ::close(requests[1]);
      ::close(answers[0]);
      ::close(ready[0]);
      serve({requests[0], answers[1], ready[1]});
    }
    ::close(requests[0]);
    ::close(answers[1]);
    ::close(ready[1]);
    workers_.push_back({requests[1], answers[0], ready[0]});
  }

  std::mutex mutex_;
  std::vector<PoolEnds> workers_;
  std::vector<PoolEnds> idle_;
};

}  // namespace

int main() {
  std::signal(SIGPIPE, SIG_IGN);
  Pool pool;
  std::atomic<int> done = 0;
  const auto begin = std::chrono::steady_clock::now();
  std::vector<std::thread> clients;
  for (int client = 0; client < kClients; ++client) {
    clients.emplace_back([&pool, &done] {
      for (int operation = 0; operation < kOperationsOfAClient; ++operation) done += pool.operate() ? 1 : 0;
    });
  }
  for (std::thread& client : clients) client.join();
  const std::chrono::duration<double> lasted = std::chrono::steady_clock::now() - begin;
  const int all = kClients * kOperationsOfAClient;
  std::printf("{\"operations\": %d, \"done\": %d, \"all_done\": %d, \"done_per_second\": %.3f}\n", all, done.load(),
              done == all ? 1 : 0, (done + 0.001) / lasted.count());
}
