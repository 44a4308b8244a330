#include "experiments/definition/reading/field.hpp"

#include "core/assert.hpp"
#include "core/text/utf8.hpp"

namespace assay::definition {

std::optional<Field> Field::find(std::string_view key) const {
  const auto found = value_->find(std::string(key));
  if (found == value_->end()) return std::nullopt;
  Field member(*document_, *found, pointer_to(pointer_, key));
  member.key_ = key;
  return member;
}

Field Field::at(std::string_view key) const {
  std::optional<Field> member = find(key);
  ASSAY_ASSERT(member.has_value());
  return *member;
}

std::vector<Field> Field::elements() const {
  std::vector<Field> all;
  for (const nlohmann::json& value : *value_) all.push_back(Field(*document_, value, pointer_to(pointer_, all.size())));
  return all;
}

std::vector<Field> Field::members() const {
  std::vector<Field> all;
  for (const auto& member : value_->items()) all.push_back(at(member.key()));
  return all;
}

std::string Field::text() const {
  const auto& text = value_->get_ref<const std::string&>();
  if (text.find('\0') != std::string::npos) fail("holds a NUL character, which no command, name or path can hold");
  return text;
}

std::vector<std::string> Field::texts() const {
  std::vector<std::string> all;
  for (const Field& element : elements()) all.push_back(element.text());
  return all;
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
  } catch (const Error& error) {
    fail(error.what());
  }
}

Argv Field::argv() const {
  if (value_->is_object()) return shell_argv(at("shell").text());
  Argv words = texts();
  if (words.front().empty()) fail("the first word is the program to start: it cannot be empty");
  return words;
}

void Field::fail(std::string text) const {
  throw error_at(*document_, {pointer_, std::move(text)});
}

Argv shell_argv(std::string line) {
  return {"/bin/sh", "-c", std::move(line)};
}

}  // namespace assay::definition
