#pragma once

#include <string>

#include "experiments/attempt/experiment_file.hpp"
#include "experiments/planning/examination.hpp"

namespace assay::campaign {

/// Measures what measuring costs on this machine. Starts some hundred short programs and writes a small file, which it
/// removes. Cost: about a second.
/// \param folder  where the disk is tried
[[nodiscard]] planning::MeasuringCosts measuring_costs(const std::string& folder);

/// Whether the kernel counts instructions here.
enum class Instructions { counted, unavailable };
[[nodiscard]] Instructions instructions_here();

/// The experiment with CPU time observed beside its metrics, and instructions where they are counted: both often need
/// fewer blocks than wall time.
[[nodiscard]] definition::Definition observing_work(definition::Definition definition, Instructions instructions);

/// Whether another process measures on this host now. Look before the comparison, which waits for it to end.
[[nodiscard]] MachineCondition other_measurements();

/// What of an examination is wanted. Its sentence needs neither what each condition matters, nor costs, nor plays.
enum class Extent { whole, sentence };

/// Everything that is known of a machine once control was compared with itself there: its conditions and costs are read
/// now. Cost: about five seconds, and the plays.
/// \param others  whether somebody else measured here before the comparison began
[[nodiscard]] planning::Examination examine(planning::SelfComparison comparison, const MachineCondition& others,
                                            const std::string& folder, const planning::PlayCount& plays, Extent extent);

}  // namespace assay::campaign
