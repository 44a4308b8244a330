#include "experiments/formats/json_place.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace assay::formats {
namespace {

/// A key as JSON pointers write it (RFC 6901): "~" and "/" are escaped.
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

}  // namespace

Error JsonPlace::error(std::string_view what) const {
  return Error(std::string(what)).within(pointer_.empty() ? "/" : pointer_);
}

std::optional<JsonPlace> JsonPlace::find(std::string_view key) const {
  if (!value_->is_object()) throw error(fmt::format("expected an object, not {}", value_->type_name()));
  const auto found = value_->find(key);
  if (found == value_->end()) return std::nullopt;
  return JsonPlace(*found, pointer_ + "/" + escaped(key));
}

JsonPlace JsonPlace::at(std::string_view key) const {
  const std::optional<JsonPlace> member = find(key);
  if (!member) throw error(fmt::format("\"{}\" is missing", key));
  return *member;
}

std::vector<JsonPlace> JsonPlace::elements() const {
  if (!value_->is_array()) throw error(fmt::format("expected an array, not {}", value_->type_name()));
  std::vector<JsonPlace> places;
  places.reserve(value_->size());
  for (std::size_t index = 0; index < value_->size(); ++index) {
    places.push_back(JsonPlace((*value_)[index], fmt::format("{}/{}", pointer_, index)));
  }
  return places;
}

std::map<std::string, JsonPlace> JsonPlace::members() const {
  if (!value_->is_object()) throw error(fmt::format("expected an object, not {}", value_->type_name()));
  std::map<std::string, JsonPlace> places;
  for (const auto& [key, value] : value_->items()) {
    places.emplace(key, JsonPlace(value, fmt::format("{}/{}", pointer_, key)));
  }
  return places;
}

bool JsonPlace::is_null() const {
  return value_->is_null();
}

std::string JsonPlace::text() const {
  if (!value_->is_string()) throw error(fmt::format("expected text, not {}", value_->type_name()));
  return value_->get<std::string>();
}

bool JsonPlace::truth() const {
  if (!value_->is_boolean()) throw error(fmt::format("expected true or false, not {}", value_->type_name()));
  return value_->get<bool>();
}

double JsonPlace::number() const {
  if (!value_->is_number()) throw error(fmt::format("expected a number, not {}", value_->type_name()));
  return value_->get<double>();
}

std::optional<double> JsonPlace::number_or_null() const {
  if (is_null()) return std::nullopt;
  return number();
}

std::int64_t JsonPlace::integer() const {
  if (!value_->is_number_integer()) throw error(fmt::format("expected an integer, not {}", value_->dump()));
  constexpr auto kLargest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (value_->is_number_unsigned() && value_->get<std::uint64_t>() > kLargest) {
    throw error(fmt::format("{} is above {}", value_->dump(), kLargest));
  }
  return value_->get<std::int64_t>();
}

int JsonPlace::count() const {
  const std::int64_t value = integer();
  if (value < std::numeric_limits<int>::min() || value > std::numeric_limits<int>::max()) {
    throw error(fmt::format("{} is out of range", value));
  }
  return static_cast<int>(value);
}

std::size_t JsonPlace::index() const {
  const std::int64_t value = integer();
  if (value < 0) throw error(fmt::format("expected an index from 0, not {}", value));
  return static_cast<std::size_t>(value);
}

std::vector<std::string> JsonPlace::texts() const {
  std::vector<std::string> all;
  for (const JsonPlace& element : elements()) all.push_back(element.text());
  return all;
}

std::map<std::string, std::string> JsonPlace::text_by_name() const {
  if (!value_->is_object()) throw error(fmt::format("expected an object, not {}", value_->type_name()));
  std::map<std::string, std::string> all;
  for (const auto& member : value_->items()) all.emplace(member.key(), at(member.key()).text());
  return all;
}

void JsonPlace::refuse_name(const std::string_view* names, std::size_t count) const {
  std::string accepted;
  for (std::size_t index = 0; index < count; ++index) {
    accepted += fmt::format("{}\"{}\"", index == 0 ? "" : ", ", names[index]);
  }
  throw error(fmt::format("expected one of {}, not \"{}\"", accepted, text()));
}

}  // namespace assay::formats
