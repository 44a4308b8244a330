// Serves some requests, $WORKERS of them at once, and reports each as a span.
// Usage: requests at-once|in-turn
// "in-turn" has as many workers, but one lock around each request: concurrent in name only.
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <mutex>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

namespace {

constexpr int kRequests = 6;
constexpr std::chrono::milliseconds kOneRequest(4);

long long now_ns() {
  timespec time = {};
  ::clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<long long>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

void report(int file, long long start, long long end) {
  const std::string line = R"({"name":"request","start_ns":)" + std::to_string(start) + R"(,"end_ns":)" +
                           std::to_string(end) + R"(,"pid":)" + std::to_string(::getpid()) + "}\n";
  if (::write(file, line.data(), line.size()) != static_cast<ssize_t>(line.size())) std::abort();
}

int number_of_workers() {
  const char* const workers = std::getenv("WORKERS");
  return workers == nullptr ? 1 : std::atoi(workers);
}

}  // namespace

int main(int argument_count, char** arguments) {
  if (argument_count != 2) return 2;
  const bool in_turn = std::strcmp(arguments[1], "in-turn") == 0;
  const char* const path = std::getenv("ASSAY_SPANS");
  if (path == nullptr) return 3;
  const int file = ::open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
  if (file < 0) return 4;
  std::atomic<int> left = kRequests;
  std::mutex turn;
  const auto work = [&] {
    while (left.fetch_sub(1) > 0) {
      std::unique_lock<std::mutex> lock(turn, std::defer_lock);
      if (in_turn) lock.lock();
      const long long start = now_ns();
      std::this_thread::sleep_for(kOneRequest);
      report(file, start, now_ns());
    }
  };
  std::vector<std::thread> workers;
  for (int worker = 0; worker < number_of_workers(); ++worker) workers.emplace_back(work);
  for (std::thread& worker : workers) worker.join();
  return 0;
}
