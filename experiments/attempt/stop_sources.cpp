#include "experiments/attempt/stop_sources.hpp"

#include <algorithm>

namespace assay::attempt {

StopSources::StopSources(const RunOptions& options) : asked_(options.stop), answer_(options.answer_to_signal) {
  if (!answer_.empty()) signals_.emplace(answer_);
}

StopRequest StopSources::request() const {
  return std::max(asked_ ? asked_() : StopRequest::none, requested_by_signals());
}

void StopSources::watch(const std::vector<host::Launcher*>& launchers) {
  if (signals_) signals_->watch(launchers);
}

StopRequest StopSources::requested_by_signals() const {
  if (!signals_ || signals_->count() == 0) return StopRequest::none;
  return signals_->at_once() ? StopRequest::at_once : StopRequest::after_block;
}

}  // namespace assay::attempt
