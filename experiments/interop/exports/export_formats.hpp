#pragma once

#include <span>
#include <string>
#include <string_view>

#include "experiments/interop/attempt_view.hpp"

namespace assay::interop {

/// A file format of another tool in which an attempt can be written down. A new one is a file pair with its function,
/// and a line in the table of export_formats.cpp.
struct ExportFormat {
  std::string_view name;         ///< as it is chosen: "hyperfine"
  std::string_view description;  ///< what the file holds, in a clause
  /// The whole file. \throws Error if the format cannot hold this attempt.
  std::string (*text_of)(const AttemptView& attempt);
};

/// All of them.
[[nodiscard]] std::span<const ExportFormat> export_formats();

/// The format of that name among these. \throws Error that lists them if there is none.
[[nodiscard]] const ExportFormat& format_in(std::span<const ExportFormat> formats, std::string_view name);
/// The format of that name. \throws Error that lists all formats if there is none.
[[nodiscard]] const ExportFormat& export_format(std::string_view name);

}  // namespace assay::interop
