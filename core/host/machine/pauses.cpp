#include "core/host/machine/pauses.hpp"

#include <condition_variable>
#include <mutex>
#include <thread>

#include "core/host/machine/clock.hpp"

namespace assay::host {
namespace {

constexpr nanoseconds kLeastPause = std::chrono::seconds(1);

}  // namespace

void PauseCount::look(nanoseconds now) {
  const nanoseconds late = now - last_ - kTick;
  if (late > kLeastPause) stood_still_ += late;
  last_ = now;
}

struct PauseWatch::State {
  mutable std::mutex mutex;
  std::condition_variable ended;
  bool is_over = false;
  PauseCount pauses{monotonic_time()};
  std::thread thread;

  void watch() {
    std::unique_lock lock(mutex);
    while (!is_over) {
      ended.wait_for(lock, PauseCount::kTick);
      pauses.look(monotonic_time());
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
  state_->pauses.look(monotonic_time());
  return state_->pauses.stood_still();
}

}  // namespace assay::host
