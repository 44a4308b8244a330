#include "core/host/machine/pauses.hpp"

#include <condition_variable>
#include <mutex>
#include <thread>

#include "core/host/machine/clock.hpp"

namespace assay::host {
namespace {

constexpr nanoseconds kWatchTick = std::chrono::milliseconds(200);
constexpr nanoseconds kLeastPause = std::chrono::seconds(1);

}  // namespace

struct PauseWatch::State {
  mutable std::mutex mutex;
  std::condition_variable ended;
  bool is_over = false;
  nanoseconds last_tick = monotonic_time();
  nanoseconds paused{};
  std::thread thread;

  /// Takes the time since the last tick into account. The mutex is held.
  void tick() {
    const nanoseconds now = monotonic_time();
    const nanoseconds late = now - last_tick - kWatchTick;
    if (late > kLeastPause) paused += late;
    last_tick = now;
  }

  void watch() {
    std::unique_lock lock(mutex);
    while (!is_over) {
      ended.wait_for(lock, kWatchTick);
      tick();
    }
  }
};

PauseWatch::PauseWatch() : state_(std::make_unique<State>()) {
  state_->thread = std::thread([state = state_.get()] { state->watch(); });
}

PauseWatch::~PauseWatch() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->is_over = true;
  }
  state_->ended.notify_all();
  state_->thread.join();
}

nanoseconds PauseWatch::stood_still() const {
  const std::lock_guard lock(state_->mutex);
  // Whoever asks right after a pause may come before the thread.
  state_->tick();
  return state_->paused;
}

}  // namespace assay::host
