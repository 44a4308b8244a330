#pragma once

#include <map>
#include <string>
#include <vector>

#include "experiments/record/history/settlements.hpp"
#include "experiments/record/lab.hpp"

namespace assay::record {

/// What later records say about earlier ones, as the documents tell it beside them.
struct LaterWords {
  Settled settled;
  /// What became of a claim or of an attempt when others measured it again, by its SHA-256: "refuted in
  /// 0004-challenge", oldest first. The challenges of an attempt are also those of the claims that rest on it.
  std::map<std::string, std::vector<std::string>> challenged;
  /// Adoptions of changes that are not correct and not reverted, by SHA-256, with the name of the challenge that showed
  /// it.
  std::map<std::string, std::string> faulted;
};
/// \throws Error if a claim or a challenge cannot be read.
[[nodiscard]] LaterWords later_words(const Lab& lab, const std::vector<RecordSummary>& records);

/// Name of the record that settled this one; empty if none did.
[[nodiscard]] std::string settled_by(const LaterWords& words, const std::string& sha256);
/// Name of the challenge by which this adoption must be reverted; empty if none.
[[nodiscard]] std::string faulted_by(const LaterWords& words, const std::string& sha256);
/// "confirmed in 0004-challenge, refuted in 0006-challenge"; empty if nobody challenged it.
[[nodiscard]] std::string challenged_text(const LaterWords& words, const std::string& sha256);

}  // namespace assay::record
