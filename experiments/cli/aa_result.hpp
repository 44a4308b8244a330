#pragma once

#include <optional>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "core/units.hpp"
#include "experiments/attempt/experiment.hpp"
#include "experiments/report/text_style.hpp"

namespace assay::cli {

/// Control against itself, and the positive control where one was asked for.
struct SelfComparison {
  attempt::Outcome same;
  std::optional<attempt::Outcome> planted;
  Percent plant{0};
};

/// Whether the attempt shows treatment to be worse: its interval lies wholly on that side.
[[nodiscard]] bool is_found(const attempt::Outcome& planted);
/// No difference was claimed where there is none, no trial was invalid, and a planted effect was found.
[[nodiscard]] bool has_passed(const SelfComparison& comparison);
/// "Equivalent" was the answer, on a machine where the same engine finds an effect that is there.
[[nodiscard]] bool equivalence_is_proven(const SelfComparison& comparison);

/// What both attempts come to together, in one line.
[[nodiscard]] std::string self_comparison_sentence(const SelfComparison& comparison);
[[nodiscard]] std::string self_comparison_text(const SelfComparison& comparison, const report::TextStyle& style);
[[nodiscard]] nlohmann::json self_comparison_json(const SelfComparison& comparison);

}  // namespace assay::cli
