#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "core/record/gate.hpp"
#include "experiments/report/text_style.hpp"

namespace assay::report {

/// What a gate found, for a terminal or a log. No line of it begins with what foreign text says.
[[nodiscard]] std::string gate_text(const GateReport& report, const TextStyle& style);

/// "gate failed: 1 of 3 experiments regressed".
[[nodiscard]] std::string gate_sentence(const GateReport& report);

/// A summary in Markdown, for a comment or the page of a CI run.
[[nodiscard]] std::string gate_markdown(const GateReport& report);

/// A workflow command of GitHub for each finding and each change of a rule: "::error file=bench/a.toml,title=...::...".
/// Foreign text is escaped, so that it cannot begin a command of its own.
[[nodiscard]] std::string gate_annotations(const GateReport& report);

/// The object that --json prints.
[[nodiscard]] nlohmann::json gate_json(const GateReport& report);

}  // namespace assay::report
