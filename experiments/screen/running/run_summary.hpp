#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/enum_names.hpp"
#include "core/result/decision.hpp"
#include "core/result/result.hpp"
#include "core/units.hpp"

namespace assay::screen {

/// How the run of one file ended.
enum class FileEnd {
  finished,     ///< with a verdict
  paused,       ///< more blocks would hardly decide anything
  interrupted,  ///< somebody asked for it
  node_hours,   ///< they are spent
  not_begun,    ///< since one of these two was there first
  refused,
  failed,
};

/// The line of one file in the summary of a command that runs several.
struct FileSummary {
  std::string file;
  FileEnd end = FileEnd::not_begun;
  std::optional<Decision> decision = {};  ///< empty: there is no verdict
  Verdict verdict = Verdict::inconclusive;
  std::string record = {};  ///< "0007-readiness-poll"; empty: none
  int blocks = 0;
  std::optional<nanoseconds> node_time = {};  ///< of a cluster
  std::string why = {};                       ///< why there is no verdict
};

/// A table with a line for each file, and what they took of a cluster:
///
///   2 files, 0.012 node-hours
///     a.toml  keep         24 blocks  0.004 node-hours  0001-a
///     b.toml  interrupted  12 blocks  0.008 node-hours  the attempt stays open
[[nodiscard]] std::string summary_text(const std::vector<FileSummary>& files);

/// The same for programs.
[[nodiscard]] nlohmann::json summary_object(const FileSummary& file);

}  // namespace assay::screen

template <>
struct assay::EnumNames<assay::screen::FileEnd> {
  static constexpr std::array<std::string_view, 7> values = {"finished",  "paused",  "interrupted", "node-hours",
                                                             "not-begun", "refused", "failed"};
};
