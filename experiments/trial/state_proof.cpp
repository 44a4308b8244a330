#include "experiments/trial/state_proof.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"
#include "core/host/files/cache.hpp"
#include "core/host/machine/virtualisation.hpp"
#include "core/host/process/process_table.hpp"
#include "core/text/valid_text.hpp"
#include "experiments/trial/glob.hpp"

namespace assay::trial {
namespace {

constexpr double kMostOfCold = 0.05;
constexpr double kLeastOfWarm = 0.95;
/// A warm-up that reads less than this share of the declared bytes has what it needs.
constexpr double kReadsNothing = 0.05;
constexpr std::int64_t kBlockBytes = 512;

double as_real(Bytes bytes) {
  return static_cast<double>(bytes.count);
}

std::string shown(Bytes bytes) {
  return format_bytes(as_real(bytes));
}

/// \param key  of the experiment file that holds the patterns
std::vector<std::string> files_of(const std::string& folder, const std::vector<std::string>& patterns,
                                  std::string_view key) {
  std::vector<std::string> files;
  for (const std::string& pattern : patterns) {
    for (std::string& file : files_matching(folder, pattern, key)) files.push_back(std::move(file));
  }
  std::sort(files.begin(), files.end());
  files.erase(std::unique(files.begin(), files.end()), files.end());
  return files;
}

std::string holders_of(const std::string& file) {
  const std::vector<std::string> mappers = host::mappers_of(file);
  if (mappers.empty()) return fmt::format("most of it {}", valid_text(file));
  return fmt::format("most of it {}, mapped by {}", valid_text(file),
                     valid_text(fmt::format("{}", fmt::join(mappers, ", "))));
}

}  // namespace

std::optional<double> CacheLook::share() const {
  if (told.count == 0) return std::nullopt;
  return as_real(resident) / as_real(told);
}

const State& StateProof::state(const ArmSetup& setup) const {
  return state_of(plan_, cells(plan_)[setup.cell], setup.arm);
}

bool StateProof::is_warm(const ArmSetup& setup) const {
  return state(setup).name == kWarm;
}

std::optional<StateUnproven> StateProof::before(const ArmSetup& setup) {
  files_.clear();
  try {
    if (!state(setup).evict.empty()) return make_cold(state(setup));
    return is_warm(setup) ? look_whether_warm(setup) : std::nullopt;
  } catch (const Error& error) {
    return StateUnproven{error.what()};
  }
}

std::optional<StateUnproven> StateProof::make_cold(const State& state) {
  if (const std::string under = host::detect_virtualisation(); under != "none") {
    notes_.add(
        fmt::format("state {}: this machine runs under {}, whose host may keep in a cache of its own what was "
                    "put out of memory here; that cannot be seen from inside",
                    state.name, under));
  }
  files_ = files_of(plan_.folder, state.evict, "evict");
  for (const std::string& file : files_) host::evict(file);
  start_ = look(state.name, files_);
  if (start_.share() > kMostOfCold && !dropping_is_useless_ && host::drop_page_cache() == host::CacheDrop::dropped) {
    notes_.add(
        fmt::format("state {}: the page cache of the whole machine was dropped, since files stayed in memory "
                    "when they were put out of it one by one",
                    state.name));
    start_ = look(state.name, files_);
  }
  if (start_.share() > kMostOfCold) {
    dropping_is_useless_ = true;
    return StateUnproven{fmt::format("{} of the {} that evict names stay in memory: {}", shown(start_.resident),
                                     shown(start_.told), holders_of(start_.fullest))};
  }
  fetched_at_start_ = host::fetched_since_boot();
  return std::nullopt;
}

CacheLook StateProof::look(const std::string& state, const std::vector<std::string>& files) {
  CacheLook sum;
  Bytes most;
  for (const std::string& file : files) {
    const host::FileResidency residency = host::residency_of(file);
    if (!residency.untold.empty()) {
      notes_.add(fmt::format("state {} cannot be proven of {}: it {}", state, valid_text(file), residency.untold));
    }
    if (residency.in_memory_alone) continue;
    sum.size.count += residency.size.count;
    sum.counted = sum.counted && residency.reads_are_counted;
    if (!residency.resident) continue;
    sum.told.count += residency.size.count;
    sum.resident.count += residency.resident->count;
    if (*residency.resident > most || sum.fullest.empty()) sum.fullest = file;
    most = std::max(most, *residency.resident);
  }
  return sum;
}

/// How much was read for a trial, by itself or by a service that works for it. Files that are in memory afterwards
/// count only as far as disks were read meanwhile, since otherwise they came from somewhere else.
Bytes StateProof::fetched(const CacheLook& now, const Usage& usage) const {
  const Bytes own{usage.blocks_read * kBlockBytes};
  const Bytes grown{std::max<std::int64_t>(now.resident.count - start_.resident.count, 0)};
  if (!now.counted || !fetched_at_start_) return std::max(own, grown);
  const Bytes by_anyone{host::fetched_since_boot().value_or(*fetched_at_start_).count - fetched_at_start_->count};
  return std::max(own, std::min(now.told < now.size ? now.size : grown, by_anyone));
}

std::optional<StateUnproven> StateProof::after(const ArmSetup& setup, Trial& trial) {
  const State& cold = state(setup);
  if (cold.evict.empty() || start_.size.count == 0) return std::nullopt;
  CacheLook now;
  try {
    now = look(cold.name, files_);
  } catch (const Error&) {  // the trial removed a file: what it read is still counted
    now = start_;
  }
  const Bytes read = fetched(now, trial.usage);
  trial.notes.push_back(fmt::format("state {}: {} of {} in memory before, {} fetched", cold.name,
                                    shown(start_.resident), shown(start_.size), shown(read)));
  if (!is_measured(trial.outcome) || as_real(read) >= cold.reads.fraction() * as_real(start_.size)) return std::nullopt;
  return StateUnproven{fmt::format(
      "the trial fetched {} of the {} that evict names, less than {} %: it was served from elsewhere, or does not read "
      "them; name the files that it reads, or set reads = \"0%\" where an arm is meant to read less",
      shown(read), shown(start_.size), cold.reads.value)};
}

/// What the workload declares, and what its cold states put out of memory and have not removed.
std::vector<std::string> StateProof::warm_files(const ArmSetup& setup) const {
  const Workload& workload = plan_.workloads[setup.workload];
  std::vector<std::string> files = files_of(plan_.folder, workload.inputs, "inputs");
  const std::string& input = setup.standard_input;
  if (!input.empty() && std::filesystem::is_regular_file(input)) files.push_back(input);
  for (const State& other : plan_.states) {
    const auto& names = workload.states;
    if (std::find(names.begin(), names.end(), other.name) == names.end()) continue;
    try {
      for (std::string& file : files_of(plan_.folder, other.evict, "evict")) files.push_back(std::move(file));
    } catch (const Error&) {
      continue;
    }
  }
  std::sort(files.begin(), files.end());
  files.erase(std::unique(files.begin(), files.end()), files.end());
  return files;
}

std::optional<StateUnproven> StateProof::look_whether_warm(const ArmSetup& setup) {
  files_ = warm_files(setup);
  if (files_.empty()) return std::nullopt;
  start_ = look(state(setup).name, files_);
  fetched_at_start_ = host::fetched_since_boot();
  const auto known = warm_shares_.find({setup.cell, setup.arm});
  const double needed = kLeastOfWarm * (known == warm_shares_.end() ? 1 : known->second);
  if (!start_.share() || *start_.share() >= needed) return std::nullopt;
  return StateUnproven{fmt::format("{} of the {} of declared files are in memory, less than {:.0f} %",
                                   shown(start_.resident), shown(start_.told), 100 * needed)};
}

void StateProof::learn_from_warm_up(const ArmSetup& setup, const Usage& usage) {
  const CacheLook now = look(state(setup).name, files_);
  if (!now.share() || *now.share() >= kLeastOfWarm) return;
  if (as_real(fetched(now, usage)) >= kReadsNothing * as_real(now.told)) return;
  warm_shares_[{setup.cell, setup.arm}] = *now.share();
  notes_.add(
      fmt::format("state {}: a warm-up that reads nothing leaves {:.0f} % of the declared files in memory: the "
                  "workload does not use the rest",
                  state(setup).name, 100 * *now.share()));
}

}  // namespace assay::trial
