#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/enum_names.hpp"
#include "core/units.hpp"
#include "core/variable.hpp"
#include "experiments/definition/document.hpp"

namespace assay::definition {

/// One value of a document that has the schema's shape, with its place: what the schema could not tell is wrong with it
/// is told where it stands. Lives no longer than the document.
class Field {
 public:
  explicit Field(const Document& document) : Field(document, document.tree, "") {}

  /// The member of that name, where there is one.
  [[nodiscard]] std::optional<Field> find(std::string_view key) const;
  /// The member of that name, which the schema requires.
  [[nodiscard]] Field at(std::string_view key) const;
  /// The elements of a list.
  [[nodiscard]] std::vector<Field> elements() const;
  /// The members of a table; `key()` is the name of each.
  [[nodiscard]] std::vector<Field> members() const;
  [[nodiscard]] const std::string& key() const { return key_; }

  [[nodiscard]] const nlohmann::json& value() const { return *value_; }
  [[nodiscard]] std::string text() const;
  [[nodiscard]] std::vector<std::string> texts() const;
  [[nodiscard]] int whole_number() const { return value_->get<int>(); }
  [[nodiscard]] std::vector<int> whole_numbers() const { return value_->get<std::vector<int>>(); }
  [[nodiscard]] double number() const { return value_->get<double>(); }
  [[nodiscard]] nanoseconds duration() const;
  [[nodiscard]] Bytes bytes() const;
  [[nodiscard]] Percent percent() const;
  /// A list of words, or { shell = "..." }: then /bin/sh -c and the line.
  [[nodiscard]] Argv argv() const;
  template <NamedEnum Enum>
  [[nodiscard]] Enum enumerator() const {
    return parse_enum<Enum>(text()).value();
  }

  [[noreturn]] void fail(std::string text) const;

 private:
  Field(const Document& document, const nlohmann::json& value, std::string pointer)
      : document_(&document), value_(&value), pointer_(std::move(pointer)) {}

  template <class Quantity>
  Quantity in_unit(Quantity (*parse)(std::string_view)) const;

  const Document* document_;
  const nlohmann::json* value_;
  std::string pointer_;
  std::string key_;
};

/// What a shell would be asked to run.
[[nodiscard]] Argv shell_argv(std::string line);

}  // namespace assay::definition
