#include "experiments/engine/slurm/spool.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/entropy.hpp"
#include "core/host/files/digest.hpp"
#include "core/host/files/file_status.hpp"
#include "core/host/files/files.hpp"
#include "core/host/files/private_file.hpp"
#include "experiments/engine/slurm/plan_values.hpp"
#include "experiments/formats/plan/plan_json.hpp"

namespace assay::engine {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kGenerations = "generations";
constexpr std::string_view kClaims = "claims";
constexpr std::string_view kProgress = "progress";
constexpr std::string_view kResults = "results";
constexpr std::string_view kFailures = "failures";
constexpr std::string_view kNodes = "nodes";

/// Slurm copies it. All that it needs are its arguments, so that no path has to be quoted.
constexpr std::string_view kTaskScript =
    "#!/bin/sh\n"
    "# PROGRAM SPOOL PLAN GENERATION: runs one block of an attempt (docs/formats/spool.md).\n"
    "exec \"$1\" worker --spool \"$2\" --plan \"$3\" --generation \"$4\" --task \"$SLURM_ARRAY_TASK_ID\"\n";

std::optional<std::string> text_in(const std::string& path) {
  if (!host::is_there(path)) return std::nullopt;
  try {
    return host::read_file(path);
  } catch (const Error&) {
    return std::nullopt;  // it was removed meanwhile, or the file system does not answer
  }
}

template <class Value>
std::optional<Value> value_in(const std::string& path) {
  const std::optional<std::string> text = text_in(path);
  if (!text) return std::nullopt;
  try {
    return parse_spool_text<Value>(*text);
  } catch (const Error&) {
    return std::nullopt;
  }
}

/// The names in the folder, read anew: file systems that others serve may keep what they saw in an open one.
std::vector<std::string> names_in(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code failure;
  for (fs::directory_iterator entry(folder, failure); !failure && entry != fs::directory_iterator();
       entry.increment(failure)) {
    names.push_back(entry->path().filename().string());
  }
  return names;
}

Spool::HandedInByBlock handed_in(const std::string& folder, const std::function<bool(std::string_view)>& wanted) {
  Spool::HandedInByBlock by_block;
  for (const std::string& name : names_in(folder)) {
    if (!wanted(std::string_view(name).substr(0, name.find('.')))) continue;
    if (std::optional<BlockFile> file = parse_handed_in(name)) {
      by_block[std::move(file->block)].push_back(std::move(file->file));
    }
  }
  return by_block;
}

std::string drawn_name() {
  return fmt::format("{:016x}", host::fresh_entropy());
}

std::string mark_of(const std::string& path) {
  try {
    const host::FileStatus status = host::file_status(path);
    return fmt::format("{}-{}-{}", status.inode, status.modified_ns, status.size);
  } catch (const Error&) {
    return {};
  }
}

/// A name for each content, so that tasks of earlier generations keep the program that they were started with.
std::string copied_program(const std::string& program, const std::string& folder) {
  constexpr std::size_t kDigits = 16;
  const std::string copy = folder + "/assay-" + host::sha256_of_file(program).substr(0, kDigits);
  if (host::is_there(copy)) return copy;
  const std::string partial = copy + "." + drawn_name();
  std::error_code failure;
  fs::copy_file(program, partial, failure);
  if (!failure) fs::rename(partial, copy, failure);
  if (failure) throw Error(fmt::format("cannot copy {} to {}: {}", program, copy, failure.message()));
  return copy;
}

}  // namespace

std::string spool_folder(const std::string& spools, const std::string& plan_sha256) {
  constexpr std::size_t kDigits = 16;
  return spools + "/" + plan_sha256.substr(0, kDigits);
}

Spool::Spool(std::string folder, std::string plan_sha256)
    : folder_(std::move(folder)), plan_sha256_(std::move(plan_sha256)) {}

void Spool::make(const Plan& plan, const std::string& program) {
  host::make_folder(folder_);
  std::error_code ignored;  // what is secret is in a file of its own that nobody else can read
  fs::permissions(folder_, fs::perms::owner_all, ignored);
  for (const std::string_view kind : {kGenerations, kClaims, kProgress, kResults, kFailures, kNodes}) {
    host::make_folder(fmt::format("{}/{}", folder_, kind));
  }
  host::make_folder(log_folder());
  const std::string json = formats::plan_json(plan);
  if (host::sha256(json) != plan_sha256_) throw Error("the plan is not the one that its digest names");
  host::write_file_atomically(folder_ + "/plan.json", json);
  host::write_file_atomically(script(), kTaskScript);
  fs::remove(folder_ + "/values.json", ignored);
  host::write_private_file(folder_ + "/values.json", values_json(values_of(plan)));
  program_ = copied_program(program, folder_);
}

void Spool::remove() const {
  std::error_code ignored;  // a task that was cancelled may still be writing; what is left holds no value
  fs::remove(folder_ + "/values.json", ignored);
  fs::remove_all(folder_, ignored);
}

std::string Spool::path(std::string_view kind, const std::string& name) const {
  return fmt::format("{}/{}/{}", folder_, kind, name);
}

Plan Spool::plan() const {
  const std::string json = host::read_file(folder_ + "/plan.json");
  if (host::sha256(json) != plan_sha256_) {
    throw Error(fmt::format("{}/plan.json is not the plan {}", folder_, plan_sha256_));
  }
  return with_values(formats::parse_plan(json), parse_values(host::read_private_file(folder_ + "/values.json")));
}

std::vector<Generation> Spool::generations() const {
  std::vector<Generation> all;
  for (const std::string& name : names_in(folder_ + "/" + std::string(kGenerations))) {
    if (auto generation = value_in<Generation>(path(kGenerations, name))) all.push_back(*std::move(generation));
  }
  std::sort(all.begin(), all.end(),
            [](const Generation& left, const Generation& right) { return left.number < right.number; });
  return all;
}

Generation Spool::generation(int number) const {
  return parse_spool_text<Generation>(host::read_file(path(kGenerations, fmt::format("g{}.json", number))));
}

void Spool::keep_generation(const Generation& generation) const {
  host::write_file_atomically(path(kGenerations, fmt::format("g{}.json", generation.number)), spool_text(generation));
}

bool Spool::claim(const BlockKey& key, int generation, const Claim& claim) const {
  return host::create_file_atomically(path(kClaims, task_file_name(key, generation)), spool_text(claim)) ==
         host::Creation::created;
}

std::optional<Claim> Spool::claimed(const BlockKey& key, int generation) const {
  return value_in<Claim>(path(kClaims, task_file_name(key, generation)));
}

void Spool::keep_progress(const BlockKey& key, int generation, const TaskProgress& progress) const {
  host::write_file_atomically(path(kProgress, task_file_name(key, generation)), spool_text(progress));
}

std::optional<TaskProgress> Spool::progress(const BlockKey& key, int generation) const {
  return value_in<TaskProgress>(path(kProgress, task_file_name(key, generation)));
}

std::set<std::string> Spool::begun() const {
  std::vector<std::string> names = names_in(path(kProgress, ""));
  return {std::make_move_iterator(names.begin()), std::make_move_iterator(names.end())};
}

std::string Spool::progress_mark(const BlockKey& key, int generation) const {
  return mark_of(path(kProgress, task_file_name(key, generation)));
}

std::string Spool::results_mark() const {
  return mark_of(path(kResults, ""));
}

void Spool::hand_in(const TaskResult& result) const {
  const std::string name = handed_in_name(key_of(result.block), result.generation, drawn_name());
  host::write_file_atomically(path(kResults, name), spool_text(result));
}

void Spool::hand_in(const BlockKey& key, const TaskFailure& failure) const {
  host::write_file_atomically(path(kFailures, handed_in_name(key, failure.generation, drawn_name())),
                              spool_text(failure));
}

Spool::HandedInByBlock Spool::results() const {
  return results([](std::string_view) { return true; });
}

Spool::HandedInByBlock Spool::results(const std::function<bool(std::string_view)>& wanted) const {
  return handed_in(path(kResults, ""), wanted);
}

Spool::HandedInByBlock Spool::failures() const {
  return handed_in(path(kFailures, ""), [](std::string_view) { return true; });
}

std::optional<TaskResult> Spool::result(const BlockKey& key, const HandedIn& file) const {
  std::optional<TaskResult> result = value_in<TaskResult>(path(kResults, file.name));
  const bool is_right = result && result->plan_sha256 == plan_sha256_ && result->generation == file.generation &&
                        key_of(result->block) == key;
  return is_right ? std::move(result) : std::nullopt;
}

std::optional<TaskFailure> Spool::failure(const HandedIn& file) const {
  std::optional<TaskFailure> failure = value_in<TaskFailure>(path(kFailures, file.name));
  return failure && failure->plan_sha256 == plan_sha256_ ? std::move(failure) : std::nullopt;
}

void Spool::keep_node(const ClusterNode& node) const {
  std::string name = node.name;
  std::replace(name.begin(), name.end(), '/', '_');
  host::write_file_atomically(path(kNodes, name + ".json"), spool_text(node));
}

std::vector<ClusterNode> Spool::nodes() const {
  std::vector<ClusterNode> all;
  for (const std::string& name : names_in(path(kNodes, ""))) {
    if (auto node = value_in<ClusterNode>(path(kNodes, name))) all.push_back(*std::move(node));
  }
  std::sort(all.begin(), all.end(),
            [](const ClusterNode& left, const ClusterNode& right) { return left.name < right.name; });
  return all;
}

std::string Spool::first_cpu_model(const std::string& mine) const {
  const std::string file = folder_ + "/cpu_model";
  (void)host::create_file_atomically(file, mine);
  return host::read_file(file);
}

}  // namespace assay::engine
