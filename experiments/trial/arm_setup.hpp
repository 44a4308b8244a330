#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/plan.hpp"

namespace assay::trial {

using Environment = std::map<std::string, std::string>;

/// What belongs to only one arm during a session. The names have equal length in all arms and do not say which arm they
/// belong to, so they cannot change how a program is laid out or behaves.
struct ArmResources {
  std::string folder;       ///< $ASSAY_ARM_DIR
  int port = 0;             ///< $ASSAY_PORT, five digits
  std::string source = {};  ///< the top of its clone, if arms are made of sources
};

/// When trials are given a place for their spans.
enum class SpanUse {
  as_read,  ///< if a metric or the variable reads them
  always,   ///< their phases are kept
};

/// The folders, ports and files that the trials of a session use.
struct SessionResources {
  std::vector<ArmResources> arms;  ///< one per arm
  std::string temporary_folder;    ///< $TMPDIR of every trial, empty when it starts
  std::string lock_path;           ///< the measuring lock's file; handed on, so that an assay in a trial inherits it
  std::string subfolder = {};      ///< the path of the experiment's folder in a clone
  std::string spans_file = {};  ///< $ASSAY_SPANS of trials whose spans are read; there is no such file when one starts
  std::string tools = {};       ///< the folder of assay-span, which comes first in their PATH
  SpanUse span_use = SpanUse::as_read;
};

/// One arm of one cell, ready to start: everything that the kernel is given, except the padding drawn with each block.
struct ArmSetup {
  ArmIndex arm = kControl;
  std::size_t cell = 0;
  std::size_t workload = 0;  ///< index into the plan's
  Argv argv;
  Environment environment;
  std::set<std::string> own_variables;  ///< environment variables that assay itself sets, which are not compared
  std::string base;                     ///< absolute: the folder that relative paths of the workload start from
  std::string working_directory;
  std::string standard_input;              ///< absolute; empty: /dev/null
  std::string source;                      ///< absolute: the top of the arm's clone; empty: none
  std::vector<std::string> other_sources;  ///< the clones of the other arms, which its trials should not touch
  std::vector<std::string> harness;        ///< absolute: files of the clone that may not be part of the change
  std::string spans_file;                  ///< absolute: $ASSAY_SPANS; empty: no spans are read
  std::string tools;                       ///< absolute: the folder that was put in front of PATH; empty: none
  SpanUse span_use = SpanUse::as_read;
};

/// All arms of a cell. Their environments have the same number of variables and of bytes, since $ASSAY_PADDING makes up
/// for the difference between the variable's levels. Argument vectors belong to the user and stay as they are.
[[nodiscard]] std::vector<ArmSetup> materialise(const Plan& plan, std::size_t cell, const SessionResources& resources);

/// The environment with this many bytes added to its padding.
[[nodiscard]] Environment padded(Environment environment, int bytes);

/// The bytes that the environment takes on the stack of a new process: names, values, and two more for each variable.
[[nodiscard]] std::size_t environment_bytes(const Environment& environment);

/// A path of the plan as an absolute one. Relative paths start from `folder`.
[[nodiscard]] std::string path_in(const std::string& folder, const std::string& path);

}  // namespace assay::trial
