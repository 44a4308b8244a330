#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/text/written_number.hpp"
#include "experiments/interop/imports/import_formats.hpp"
#include "experiments/interop/imports/text_lines.hpp"

namespace assay::interop {

/// How a text file writes its numbers: as was declared or, as in a table of separated values, in the form that its
/// first number with a group or a decimal comma shows. Show it every number before the first is read.
class FileNumbers {
 public:
  explicit FileNumbers(const ToolText& file) : name_(file.name), form_(file.digits), is_declared_(file.digits) {}

  void show(std::string_view text);
  /// \throws Error with the line if the text is no finite number in this form.
  [[nodiscard]] double read(const TextLine& line, std::string_view text) const;
  /// The same. \throws Error also below 0.
  [[nodiscard]] double read_measure(const TextLine& line, std::string_view text) const;
  /// Notes which form was found, if one was and none was declared.
  void tell(SampleFile& file) const;

 private:
  std::string name_;
  std::optional<NumberForm> form_;
  bool is_declared_;
};

}  // namespace assay::interop
