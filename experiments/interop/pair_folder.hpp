#pragma once

#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "core/error.hpp"
#include "experiments/decide/judged_attempt.hpp"

namespace assay::interop {

/// Paths of the files in the folder whose name ends in .csv, in the order of their names.
/// \throws Error if there is no such folder, or no such file in it.
[[nodiscard]] std::vector<std::string> csv_files_in(const std::string& folder);

/// A file as it was judged, or why it could not be.
struct JudgedFile {
  std::string name;  ///< without its folder
  std::variant<decide::JudgedAttempt, Error> outcome;
};
using Judge = std::function<decide::JudgedAttempt(const std::string& file)>;

/// Judges each file, on so many threads. If one cannot be judged, the others go on.
[[nodiscard]] std::vector<JudgedFile> judge_files(const std::vector<std::string>& files, int threads,
                                                  const Judge& judge);

}  // namespace assay::interop
