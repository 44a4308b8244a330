#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/plan.hpp"

namespace assay::trial {

using Environment = std::map<std::string, std::string>;

/// What belongs to one arm alone for the length of a session. The names have equal length in all arms and do not tell
/// which arm they belong to, so that neither can change how a program is laid out or behaves.
struct ArmPlace {
  std::string folder;       ///< $ASSAY_ARM_DIR
  int port = 0;             ///< $ASSAY_PORT, five digits
  std::string source = {};  ///< the top of its clone, where arms are made of sources
};

/// Where the trials of a session take place.
struct Surroundings {
  std::vector<ArmPlace> places;  ///< one per arm
  std::string temporary_folder;  ///< $TMPDIR of every trial, empty when it starts
  std::string lock_path;         ///< the measuring lock's file; handed on, so that an assay in a trial inherits it
  std::string subfolder = {};    ///< of clones: what stands for the experiment's folder there
  std::string spans_file = {};   ///< $ASSAY_SPANS of trials whose spans are read; absent when one starts
  std::string tools = {};        ///< a folder that stands first on their PATH: it holds assay-span
};

/// One arm of one cell, ready to start: all that the kernel is told, but for the padding drawn with each block.
struct ArmSetup {
  ArmIndex arm = kControl;
  std::size_t cell = 0;
  std::size_t workload = 0;  ///< index into the plan's
  Argv argv;
  Environment environment;
  std::set<std::string> own_variables;  ///< of the environment: set by assay itself, no part of the comparison
  std::string base;                     ///< absolute; where relative paths of the workload start
  std::string working_directory;
  std::string standard_input;              ///< absolute; empty: /dev/null
  std::string source;                      ///< absolute: the top of the arm's clone; empty: none
  std::vector<std::string> other_sources;  ///< those of the other arms, where a trial of this one has no business
  std::vector<std::string> harness;        ///< absolute: files of the clone that may not be part of the change
  std::string spans_file;                  ///< absolute: $ASSAY_SPANS; empty: no spans are read
  std::string tools;                       ///< absolute: the folder that was put in front of PATH; empty: none
};

/// All arms of a cell. Their environments have the same number of variables and the same number of bytes: what the
/// variable's own levels differ by is made up in $ASSAY_PADDING. Argument vectors are the user's and stay as they are.
[[nodiscard]] std::vector<ArmSetup> materialise(const Plan& plan, std::size_t cell, const Surroundings& surroundings);

/// The same environment with this many bytes of padding more.
[[nodiscard]] Environment padded(Environment environment, int bytes);

/// What the environment takes on a new process's stack: names, values, and two bytes each.
[[nodiscard]] std::size_t environment_bytes(const Environment& environment);

/// A path of the plan: relative ones start at `folder`.
[[nodiscard]] std::string path_in(const std::string& folder, const std::string& path);

}  // namespace assay::trial
