#include "experiments/trial/metrics/span_keys.hpp"

#include <nlohmann/json.hpp>

namespace assay::trial {
namespace {

using nlohmann::json;

std::optional<std::int64_t> number_at(const json& line, const char* key) {
  const auto found = line.find(key);
  if (found == line.end() || !found->is_number_integer()) return std::nullopt;
  return found->get<std::int64_t>();
}

std::optional<std::vector<std::int64_t>> ancestors_of(const json& line) {
  const auto found = line.find("ancestors");
  if (found == line.end() || !found->is_array()) return std::nullopt;
  std::vector<std::int64_t> all;
  for (const json& one : *found) {
    if (one.is_number_integer()) all.push_back(one.get<std::int64_t>());
  }
  return all;
}

}  // namespace

SpanOrigin origin_of(const json& line) {
  SpanOrigin origin{number_at(line, "pid"), number_at(line, "tid"), ancestors_of(line), std::nullopt};
  const auto parent = line.find("parent");
  if (parent != line.end() && parent->is_string()) origin.parent = parent->get<std::string>();
  return origin;
}

}  // namespace assay::trial
