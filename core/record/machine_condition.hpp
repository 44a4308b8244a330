#pragma once

#include <array>
#include <string>
#include <string_view>

#include "core/enum_names.hpp"

namespace assay {

/// What of a machine may disturb measuring.
enum class ConditionKind {
  governor,        ///< how the CPUs' frequency follows the load
  turbo,           ///< frequencies that the CPUs cannot hold
  smt,             ///< two threads that share a core
  load,            ///< other work
  steal,           ///< time that the hypervisor gave to others
  stalls,          ///< processes that wait for a CPU
  throttling,      ///< a control group that used up its CPU time
  heat,            ///< CPUs that were slowed because they were hot
  swap,            ///< memory on disk
  huge_pages,      ///< pages that the kernel joins while programs run
  cpu_limit,       ///< of the control group
  memory_limit,    ///< of the control group
  clock_source,    ///< where the kernel takes the time from
  virtualisation,  ///< a hypervisor or a container
  monitoring,      ///< DAMON, which samples accesses to memory
  aslr,            ///< addresses that differ from start to start
  memory_stalls,   ///< processes that wait for memory
  io_stalls,       ///< processes that wait for a disk
  measurements,    ///< another process that holds this host's measuring lock
};

/// How much a condition matters.
enum class Disturbance {
  none,
  noted,       ///< cannot be changed here, or matters to some programs only; the design of trials copes with it
  disturbing,  ///< makes trials noisier, and can be changed
  unknown,     ///< the kernel does not say
};

/// A condition of this machine as it was found.
struct MachineCondition {
  ConditionKind kind = ConditionKind::governor;
  Disturbance disturbance = Disturbance::unknown;
  std::string state = {};  ///< as found: "powersave"
  friend bool operator==(const MachineCondition&, const MachineCondition&) = default;
};

template <>
struct EnumNames<ConditionKind> {
  static constexpr std::array<std::string_view, 19> values = {
      "governor",   "turbo", "smt",           "load",      "steal",        "stalls",       "throttling",
      "heat",       "swap",  "huge-pages",    "cpu-limit", "memory-limit", "clock-source", "virtualisation",
      "monitoring", "aslr",  "memory-stalls", "io-stalls", "measurements"};
};

template <>
struct EnumNames<Disturbance> {
  static constexpr std::array<std::string_view, 4> values = {"none", "noted", "disturbing", "unknown"};
};

}  // namespace assay
