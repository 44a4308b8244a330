#pragma once

#include <string>
#include <vector>

#include "experiments/definition/definition.hpp"
#include "experiments/definition/document.hpp"

namespace assay::definition {

using Mistakes = std::vector<Mistake>;

/// Everything that `check_definition` refuses, with the pointer to where a file would say it. Texts name what they are
/// about, since a definition made from flags has no file.
[[nodiscard]] Mistakes find_mistakes(const Definition& definition);

// Its parts, each about one kind of thing.
void find_name_mistakes(const Definition& definition, Mistakes& mistakes);
void find_variable_mistakes(const Definition& definition, Mistakes& mistakes);
void find_workload_mistakes(const Definition& definition, Mistakes& mistakes);
void find_metric_mistakes(const Definition& definition, Mistakes& mistakes);
void find_check_mistakes(const Definition& definition, Mistakes& mistakes);
void find_protocol_mistakes(const Definition& definition, Mistakes& mistakes);
void find_duet_mistakes(const Definition& definition, Mistakes& mistakes);
void find_side_by_side_mistakes(const Definition& definition, Mistakes& mistakes);

/// Says why a metric cannot be read from this source; empty if it can.
[[nodiscard]] std::string mistake_in(const MetricSource& source);

/// Whether the environment can hold a variable of that name: not empty, no blank, control character or "=".
[[nodiscard]] bool is_environment_name(std::string_view name);

}  // namespace assay::definition
