#pragma once

#include <optional>
#include <string>

#include "core/enum_names.hpp"
#include "experiments/cli/measuring.hpp"
#include "experiments/definition/definition.hpp"
#include "experiments/record/hypotheses.hpp"
#include "experiments/record/lab.hpp"

namespace assay::cli {

enum class EngineName { local, simulated };

/// What the command line says in place of the experiment file.
struct PlanOverrides {
  EngineName engine = EngineName::local;  ///< only the simulated one reads the file's [simulated]
  std::optional<Seed> seed;
  std::optional<int> max_blocks;
};

/// An experiment file as read, checked, and changed by the command line.
struct ExperimentFile {
  std::string name;    ///< as the user gave it
  std::string folder;  ///< absolute
  definition::Definition definition;
};
/// What the variable names is looked up. \throws Error with file, line and column.
[[nodiscard]] ExperimentFile read_experiment(const std::string& file, const PlanOverrides& overrides);

/// The lab above the file's folder, else above the current one. \throws Error that names `assay init`.
[[nodiscard]] record::Lab lab_of(const ExperimentFile& experiment);

/// The experiment's hypothesis, and the environment that its attempts belong to.
[[nodiscard]] record::HypothesisPlace place_of(const ExperimentFile& experiment, const MeasuringOptions& options);

/// Takes up the open attempt of the same hypothesis, or opens a new one.
/// \throws Error (refused) where the hypothesis is decided, its attempts are spent or a target was loosened; Error
/// where an open attempt was planned from another state of the file: it tells how to go on.
[[nodiscard]] JournalledAttempt start_or_resume(const ExperimentFile& experiment, const record::Lab& lab,
                                                host::Journal& journal, const MeasuringOptions& options);

/// The open attempt of the experiment's hypothesis, whatever the file has become since; nothing where there is none.
[[nodiscard]] std::optional<JournalledAttempt> find_open_attempt(const ExperimentFile& experiment,
                                                                 const record::Lab& lab, const host::Journal& journal,
                                                                 const MeasuringOptions& options);

}  // namespace assay::cli

namespace assay {

template <>
struct EnumNames<cli::EngineName> {
  static constexpr std::array<std::string_view, 2> values = {"local", "simulated"};
};

}  // namespace assay
