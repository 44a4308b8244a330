#include "experiments/formats/form.hpp"

#include <fmt/format.h>

#include "core/assert.hpp"
#include "experiments/formats/description.hpp"

namespace assay::formats {
namespace {

Form of_kind(Form::Kind kind) {
  Form form;
  form.kind = kind;
  return form;
}

/// "`lower` or `higher`"
std::string words_of_names(std::span<const std::string_view> names) {
  std::string text;
  for (std::size_t index = 0; index < names.size(); ++index) {
    text += fmt::format("{}`{}`", index == 0 ? "" : index + 1 == names.size() ? " or " : ", ", names[index]);
  }
  return text;
}

std::string words_of_integer(const Bounds& bounds) {
  if (!bounds.least) return "integer";
  if (bounds.least == bounds.most) return fmt::format("{}", *bounds.least);
  return fmt::format("integer from {}", *bounds.least);
}

/// "object: `control`, `treatment`"
std::string words_of_object(const std::vector<std::string_view>& keys) {
  std::string text = "object";
  for (const std::string_view key : keys) text += fmt::format("{} `{}`", key == keys.front() ? ":" : ",", key);
  return text;
}

std::string own_words(const Form& form) {
  switch (form.kind) {
    case Form::Kind::text:
      return "text";
    case Form::Kind::number:
      return "number";
    case Form::Kind::integer:
      return words_of_integer(form.bounds);
    case Form::Kind::truth:
      return "true or false";
    case Form::Kind::name:
      return words_of_names(form.names);
    case Form::Kind::pair:
      return fmt::format("pair of {} and {}", words_of(form.parts[0]), words_of(form.parts[1]));
    case Form::Kind::list:
      return "list of " + words_of(form.parts.front());
    case Form::Kind::by_name:
      return words_of(form.parts.front()) + " by name";
    case Form::Kind::object:
      return words_of_object(form.keys);
    case Form::Kind::described:
      return std::string(form.description().name());
  }
  ASSAY_ASSERT(false);
  return {};
}

}  // namespace

Form Form::text(std::string_view pattern) {
  Form form = of_kind(Kind::text);
  form.bounds.pattern = pattern;
  return form;
}

Form Form::number() {
  return of_kind(Kind::number);
}

Form Form::integer() {
  return of_kind(Kind::integer);
}

Form Form::integer_from(std::int64_t least) {
  Form form = integer();
  form.bounds.least = least;
  return form;
}

Form Form::fixed(std::int64_t number) {
  Form form = integer_from(number);
  form.bounds.most = number;
  return form;
}

Form Form::truth() {
  return of_kind(Kind::truth);
}

Form Form::one_of(std::span<const std::string_view> names) {
  Form form = of_kind(Kind::name);
  form.names = names;
  return form;
}

Form Form::pair_of(Form first, Form second) {
  Form form = of_kind(Kind::pair);
  form.parts = {std::move(first), std::move(second)};
  return form;
}

Form Form::list_of(Form element) {
  Form form = of_kind(Kind::list);
  form.parts = {std::move(element)};
  return form;
}

Form Form::by_name(Form value) {
  Form form = of_kind(Kind::by_name);
  form.parts = {std::move(value)};
  return form;
}

Form Form::object_of(const std::vector<std::pair<std::string_view, Form>>& members) {
  Form form = of_kind(Kind::object);
  for (const auto& [key, value] : members) {
    form.keys.push_back(key);
    form.parts.push_back(value);
  }
  return form;
}

Form Form::described_by(const Description& (*description)()) {
  Form form = of_kind(Kind::described);
  form.description = description;
  return form;
}

Form Form::or_null() const {
  Form form = *this;
  form.may_be_null = true;
  return form;
}

Form Form::in_words(std::string_view other_words) const {
  Form form = *this;
  form.words = other_words;
  return form;
}

std::string words_of(const Form& form) {
  const std::string words = form.words.empty() ? own_words(form) : std::string(form.words);
  return form.may_be_null ? words + " or null" : words;
}

}  // namespace assay::formats
