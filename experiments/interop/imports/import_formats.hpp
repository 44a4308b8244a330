#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "core/text/written_number.hpp"
#include "experiments/interop/imports/samples.hpp"

namespace assay::interop {

/// Which of a file's metrics are compared unless one is named.
enum class ComparedMetrics { first, all };

/// A file of another tool, read as far as all formats need it.
struct ToolText {
  std::string_view text;
  std::string_view name;       ///< of the file, for messages
  const nlohmann::json* tree;  ///< null if the text is no single JSON document; long lists may be packed_numbers.hpp
  std::optional<NumberForm> digits = {};  ///< how the numbers of a text are written, if that was declared
};

/// A file format of another tool from which values are read. A new one is a file pair with its two functions, and a
/// line in the table of import_formats.cpp.
struct ImportFormat {
  std::string_view name;         ///< as it is chosen: "hyperfine"
  std::string_view description;  ///< which files these are, in a clause
  ComparedMetrics compared = ComparedMetrics::first;
  bool (*is_like)(const ToolText& file) = nullptr;  ///< looks at what tells the format apart, not at the whole
  /// \throws Error with the place of what is wrong, or if the file holds only summaries.
  SampleFile (*read)(const ToolText& file) = nullptr;
};

/// All of them.
[[nodiscard]] std::span<const ImportFormat> import_formats();

/// The format of that name. \throws Error that lists all formats if there is none.
[[nodiscard]] const ImportFormat& import_format(std::string_view name);

/// A file that was read, and as what.
struct ImportedFile {
  const ImportFormat* format = nullptr;
  SampleFile file;
};

/// Reads a file in the format of that name, or in the one that it looks like.
/// \param text  JSON is copied unless the text has host::kRoomBehindText bytes of room, as one that was read has.
/// \param digits  how the numbers of a text are written; empty: as the first that has a group or a decimal comma shows.
/// \return nothing if no name is given and the file is no JSON and looks like none.
/// \throws Error with `name` and the place of what is wrong, and if digits are given for JSON, whose numbers have one
/// form.
[[nodiscard]] std::optional<ImportedFile> import_file(const std::string& text, std::string_view name,
                                                      std::optional<std::string_view> format,
                                                      std::optional<NumberForm> digits = {});

}  // namespace assay::interop
