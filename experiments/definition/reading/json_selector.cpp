#include "experiments/definition/reading/json_selector.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/text/utf8.hpp"

namespace assay::definition {
namespace {

using nlohmann::json;

constexpr std::string_view kAll = "*";

/// NAME=VALUE
struct Selector {
  std::string_view name;
  std::string_view value;
};

std::optional<Selector> selector_in(std::string_view step) {
  const std::size_t sign = step.find('=');
  if (sign == std::string_view::npos || sign == 0) return std::nullopt;
  return Selector{step.substr(0, sign), step.substr(sign + 1)};
}

bool is_chosen(const json& element, const Selector& selector) {
  if (!element.is_object()) return false;
  const auto member = element.find(std::string(selector.name));
  if (member == element.end()) return false;
  return member->is_string() ? member->get_ref<const std::string&>() == selector.value
                             : member->dump() == selector.value;
}

/// The position that a step means in a list; empty if it is no index or beyond the list.
std::optional<std::size_t> index_in(std::string_view step, std::size_t size) {
  long long index = 0;
  const auto [end, failure] = std::from_chars(step.data(), step.data() + step.size(), index);
  if (failure != std::errc{} || end != step.data() + step.size()) return std::nullopt;
  if (step.size() > 1 && step.front() == '0') return std::nullopt;
  if (index < 0) index += static_cast<long long>(size);
  if (index < 0 || index >= static_cast<long long>(size)) return std::nullopt;
  return static_cast<std::size_t>(index);
}

bool is_index(std::string_view step) {
  constexpr std::size_t kAnySize = std::size_t{1} << 60U;
  return index_in(step, kAnySize).has_value();
}

std::string escaped(std::string_view key) {
  std::string text;
  for (const char letter : key) {
    if (letter == '~') {
      text += "~0";
    } else if (letter == '/') {
      text += "~1";
    } else {
      text += letter;
    }
  }
  return text;
}

FoundJson element(const FoundJson& list, std::size_t index) {
  return {fmt::format("{}/{}", list.pointer, index), &(*list.value)[index]};
}

void step_into_list(const FoundJson& list, std::string_view step, std::vector<FoundJson>& found) {
  if (const std::optional<std::size_t> index = index_in(step, list.value->size())) {
    found.push_back(element(list, *index));
    return;
  }
  const std::optional<Selector> selector = selector_in(step);
  if (step != kAll && !selector) return;
  for (std::size_t index = 0; index < list.value->size(); ++index) {
    if (!selector || is_chosen((*list.value)[index], *selector)) found.push_back(element(list, index));
  }
}

void step_into_object(const FoundJson& object, const std::string& step, std::vector<FoundJson>& found) {
  const auto child = [&](const std::string& key, const json& value) {
    found.push_back({fmt::format("{}/{}", object.pointer, escaped(key)), &value});
  };
  if (const auto member = object.value->find(step); member != object.value->end()) {
    child(step, *member);
  } else if (step == kAll) {
    for (const auto& [key, value] : object.value->items()) child(key, value);
  } else if (const std::optional<Selector> selector = selector_in(step)) {
    if (is_chosen(*object.value, *selector)) found.push_back(object);
  }
}

bool chooses(std::string_view step) {
  return step == kAll || selector_in(step).has_value();
}

}  // namespace

JsonSelector parse_json_selector(std::string_view text) {
  JsonSelector selector;
  if (text.empty()) return selector;
  if (text.front() != '/') throw Error(fmt::format("{} is no JSON pointer: it does not start with /", in_quotes(text)));
  for (const char letter : text) {
    if (letter == '/') {
      selector.steps.emplace_back();
    } else if (selector.steps.back().ends_with('~') && (letter == '0' || letter == '1')) {
      selector.steps.back().back() = letter == '0' ? '\0' : '/';  // a ~ that was written ~0 must not start another
    } else {
      selector.steps.back() += letter;
    }
  }
  for (std::string& step : selector.steps) {
    if (step.find('~') != std::string::npos) {
      throw Error(fmt::format("{} is no JSON pointer: write ~0 for ~ and ~1 for / in keys", in_quotes(text)));
    }
    std::replace(step.begin(), step.end(), '\0', '~');
  }
  return selector;
}

std::vector<FoundJson> find_json(const JsonSelector& selector, const json& document, JsonRoot root) {
  std::vector<std::string> steps = selector.steps;
  const bool names_elements = !steps.empty() && (chooses(steps.front()) || is_index(steps.front()));
  if (root == JsonRoot::stream && !names_elements) steps.insert(steps.begin(), std::string(kAll));
  std::vector<FoundJson> found = {{"", &document}};
  for (const std::string& step : steps) {
    std::vector<FoundJson> next;
    for (const FoundJson& node : found) {
      if (node.value->is_object()) step_into_object(node, step, next);
      if (node.value->is_array()) step_into_list(node, step, next);
    }
    found = std::move(next);
  }
  return found;
}

bool chooses_elements(const JsonSelector& selector) {
  return std::any_of(selector.steps.begin(), selector.steps.end(), chooses);
}

}  // namespace assay::definition
