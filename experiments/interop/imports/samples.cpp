#include "experiments/interop/imports/samples.hpp"

#include <fmt/format.h>

#include "core/text/utf8.hpp"

namespace assay::interop {
Sample& SampleCollector::sample_of(const Sample& like) {
  const auto [place, is_new] = places_[like.name].emplace(like.metric, file_->samples.size());
  return is_new ? file_->samples.emplace_back(like) : file_->samples[place->second];
}

std::string ResultNames::next(const std::string& name) {
  const int number = ++seen_[name];
  return number == 1 ? name : fmt::format("{} ({})", name, number);
}

void ResultNames::note_counted(SampleFile& file) const {
  for (const auto& [name, times] : seen_) {
    if (times == 1) continue;
    file.notes.push_back(
        fmt::format("{} results are called {} and nothing tells them apart: they are counted, and "
                    "matched with another file's by that number",
                    times, in_quotes(name)));
  }
}

}  // namespace assay::interop
