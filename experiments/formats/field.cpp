#include "experiments/formats/field.hpp"

#include <limits>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/text/utf8.hpp"
#include "experiments/formats/document.hpp"

namespace assay::formats {

Field Field::of_document(const Document& document) {
  return Field(&document, document.tree, "", "");
}

Error Field::error(std::string_view what) const {
  if (document_ != nullptr) return error_at(*document_, {pointer_, std::string(what)});
  return Error(std::string(what)).within(pointer_.empty() ? "/" : pointer_);
}

std::optional<Field> Field::find(std::string_view key) const {
  if (!value_->is_object()) fail(fmt::format("expected an object, not {}", value_->type_name()));
  const auto found = value_->find(key);
  if (found == value_->end()) return std::nullopt;
  return Field(document_, *found, pointer_to(pointer_, key), std::string(key));
}

Field Field::at(std::string_view key) const {
  std::optional<Field> member = find(key);
  if (!member) fail(fmt::format("\"{}\" is missing", key));
  return *std::move(member);
}

std::vector<Field> Field::elements() const {
  if (!value_->is_array()) fail(fmt::format("expected an array, not {}", value_->type_name()));
  std::vector<Field> all;
  all.reserve(value_->size());
  for (const nlohmann::json& value : *value_)
    all.push_back(Field(document_, value, pointer_to(pointer_, all.size()), ""));
  return all;
}

std::vector<Field> Field::members() const {
  if (!value_->is_object()) fail(fmt::format("expected an object, not {}", value_->type_name()));
  std::vector<Field> all;
  all.reserve(value_->size());
  for (const auto& [key, value] : value_->items())
    all.push_back(Field(document_, value, pointer_to(pointer_, key), key));
  return all;
}

bool Field::is_null() const {
  return value_->is_null();
}

bool Field::is_text() const {
  return value_->is_string();
}

bool Field::is_number() const {
  return value_->is_number();
}

bool Field::is_list() const {
  return value_->is_array();
}

bool Field::is_table() const {
  return value_->is_object();
}

std::string Field::text() const {
  if (!value_->is_string()) fail(fmt::format("expected text, not {}", value_->type_name()));
  const auto& text = value_->get_ref<const std::string&>();
  if (document_ != nullptr && text.find('\0') != std::string::npos)
    fail("holds a NUL character, which no command, name or path can hold");
  return text;
}

std::vector<std::string> Field::texts() const {
  std::vector<std::string> all;
  for (const Field& element : elements()) all.push_back(element.text());
  return all;
}

std::map<std::string, std::string> Field::text_by_name() const {
  std::map<std::string, std::string> all;
  for (const Field& member : members()) all.emplace(member.key(), member.text());
  return all;
}

bool Field::truth() const {
  if (!value_->is_boolean()) fail(fmt::format("expected true or false, not {}", value_->type_name()));
  return value_->get<bool>();
}

double Field::number() const {
  if (!value_->is_number()) fail(fmt::format("expected a number, not {}", value_->type_name()));
  return value_->get<double>();
}

std::optional<double> Field::number_or_null() const {
  if (is_null()) return std::nullopt;
  return number();
}

std::int64_t Field::integer() const {
  // A person may write a whole number as 6.0; the schema has seen to it that it is whole and not too large.
  if (document_ != nullptr && value_->is_number_float()) return value_->get<std::int64_t>();
  if (!value_->is_number_integer()) fail(fmt::format("expected an integer, not {}", value_->dump()));
  constexpr auto kLargest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (value_->is_number_unsigned() && value_->get<std::uint64_t>() > kLargest) {
    fail(fmt::format("{} is above {}", value_->dump(), kLargest));
  }
  return value_->get<std::int64_t>();
}

int Field::count() const {
  const std::int64_t value = integer();
  if (value < std::numeric_limits<int>::min() || value > std::numeric_limits<int>::max()) {
    fail(fmt::format("{} is out of range", value));
  }
  return static_cast<int>(value);
}

std::vector<int> Field::counts() const {
  std::vector<int> all;
  for (const Field& element : elements()) all.push_back(element.count());
  return all;
}

std::size_t Field::index() const {
  const std::int64_t value = integer();
  if (value < 0) fail(fmt::format("expected an index from 0, not {}", value));
  return static_cast<std::size_t>(value);
}

nanoseconds Field::duration() const {
  return in_unit(parse_duration);
}

Bytes Field::bytes() const {
  return in_unit(parse_bytes);
}

Percent Field::percent() const {
  return in_unit(parse_percent);
}

template <class Quantity>
Quantity Field::in_unit(Quantity (*parse)(std::string_view)) const {
  try {
    return parse(shortened(printable(text())));
  } catch (const Error& failure) {
    fail(failure.what());
  }
}

Argv Field::argv() const {
  if (value_->is_object()) return shell_argv(at("shell").text());
  Argv words = texts();
  if (words.empty() || words.front().empty()) fail("the first word is the program to start: it cannot be empty");
  return words;
}

void Field::refuse_name(const std::string_view* names, std::size_t count) const {
  std::string accepted;
  for (std::size_t index = 0; index < count; ++index) {
    accepted += fmt::format("{}\"{}\"", index == 0 ? "" : ", ", names[index]);
  }
  fail(fmt::format("expected one of {}, not \"{}\"", accepted, text()));
}

Argv shell_argv(std::string line) {
  return {"/bin/sh", "-c", std::move(line)};
}

}  // namespace assay::formats
