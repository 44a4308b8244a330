#pragma once

#include <optional>
#include <string>

#include "core/error.hpp"
#include "experiments/attempt/experiment.hpp"
#include "experiments/definition/definition.hpp"
#include "experiments/design/freeze.hpp"
#include "experiments/record/lab.hpp"

namespace assay::attempt {

/// What an experiment file says, checked and resolved.
struct FileContent {
  definition::Definition definition;
};
[[nodiscard]] const definition::Definition& definition_of(const ExperimentFile& experiment);

/// A cap was asked for an experiment whose number of blocks is fixed.
class CapOfFixedBlocks : public Error {
 public:
  CapOfFixedBlocks(int blocks, int cap);
  /// The number that the file fixes.
  [[nodiscard]] int blocks() const noexcept { return blocks_; }

 private:
  int blocks_;
};

/// Reads and checks an experiment's file. A file that never ends is read only as far as an experiment may be long.
/// \throws Error as `definition::parse_definition` does.
[[nodiscard]] definition::Definition parse_definition_file(const std::string& file);

/// The folder of an experiment's file, absolute.
[[nodiscard]] std::string folder_of(const std::string& file);

/// A definition as an experiment; for those that no file states.
[[nodiscard]] ExperimentFile experiment_of(std::string name, std::string folder, definition::Definition definition);

/// Fills in what the variable's names stand for at this moment: commits, digests of files. If a killed attempt left
/// another content in the file that is the variable, puts the original back first.
/// \throws Error if a name stands for nothing, or if the levels are the same and must not be.
void resolve_variable(definition::Definition& definition, const std::string& folder, EqualLevels levels,
                      Observer& observer);

/// What a plan takes from the caller: environment and folder, and a fresh seed.
[[nodiscard]] design::FreezeContext caller_context(const std::string& folder);

/// The lab above the experiment's folder, else above the current one; std::nullopt if there is none.
[[nodiscard]] std::optional<record::Lab> find_lab(const ExperimentFile& experiment);

}  // namespace assay::attempt
