#pragma once

#include <string_view>

namespace assay::console {

/// What a shell can offer for a value.
enum class ValueKind {
  free,  ///< nothing: a number, a time, a text
  file,
  folder,
  record,    ///< the number of one of the lab's records
  revision,  ///< a branch or tag of the git repository around the current folder
  program,
};

/// What the placeholder of --help stands for. One table lists those of files, records and the like.
/// A placeholder that the table does not have stands for free text.
[[nodiscard]] ValueKind value_kind(std::string_view placeholder);

}  // namespace assay::console
