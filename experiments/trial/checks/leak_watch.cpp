#include "experiments/trial/checks/leak_watch.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"
#include "core/host/files/file_status.hpp"
#include "core/host/process/leftovers.hpp"
#include "core/text/valid_text.hpp"
#include "experiments/trial/checks/busy_folders.hpp"
#include "experiments/trial/glob.hpp"
#include "experiments/trial/observation.hpp"
#include "experiments/trial/side_command.hpp"
#include "experiments/trial/text_lines.hpp"

namespace assay::trial {
namespace {

namespace fs = std::filesystem;

/// Entries read of each watched folder: about 20 ms; a home of 250,000 would take half a second a trial.
constexpr std::size_t kMostEntries = 20000;
/// Entries read of each folder where programs hardly write: about 4 ms.
constexpr std::size_t kMostOutlying = 4000;
/// What others make in shared folders is often gone again after this time.
constexpr std::chrono::seconds kSettling(2);
constexpr std::chrono::milliseconds kLookAgain(100);
constexpr std::size_t kMostListed = std::size_t{1} << 20;
/// What the system itself keeps there, at any time.
constexpr std::array<std::string_view, 4> kOfTheSystem = {"/run/systemd", "/run/udev", "/run/log", "/run/user"};
/// What the kernel makes up; never read, also where / is watched.
constexpr std::array<std::string_view, 3> kNoFiles = {"/proc", "/sys", "/dev"};

template <std::size_t count>
bool is_one_of(const std::string& path, const std::array<std::string_view, count>& paths) {
  return std::find(paths.begin(), paths.end(), path) != paths.end();
}

std::string home_of(const ArmSetup& setup) {
  const auto home = setup.environment.find("HOME");
  return home == setup.environment.end() || !home->second.starts_with('/') ? "" : host::real_path(home->second);
}

/// The journal of the lab and its records, which this and other commands write at any time.
bool is_of_the_lab(const std::string& path) {
  const fs::path whole(path);
  const std::string folder = whole.parent_path().filename().string();
  const std::string above = whole.parent_path().parent_path().filename().string();
  const std::string name = whole.filename().string();
  constexpr std::array<std::string_view, 5> kJournal = {"lab.db", "lab.db-wal", "lab.db-shm", "lab.db-journal",
                                                        "lab.db-key"};
  if (folder == ".assay") return is_one_of(name, kJournal) || name == "builds";
  return above == ".assay" && whole.extension() == ".json";
}

/// The folders that lie in these now.
std::set<std::string> folders_in(const std::vector<std::string>& folders) {
  std::set<std::string> inside;
  for (const std::string& folder : folders) {
    std::error_code unreadable;
    fs::directory_iterator entry(folder, unreadable);
    for (; !unreadable && entry != fs::directory_iterator(); entry.increment(unreadable)) {
      std::error_code gone;
      if (entry->is_directory(gone)) inside.insert(entry->path().string());
    }
  }
  return inside;
}

std::set<std::string> declared_files(const Plan& plan, const Workload& workload, const std::string& folder) {
  std::set<std::string> paths;
  for (const std::string& name : written_files(plan, workload)) paths.insert(host::real_path(path_in(folder, name)));
  return paths;
}

Inventory ports() {
  Inventory listening;
  for (const std::string& port : host::listening_ports()) listening.insert("listening port " + port);
  return listening;
}

Inventory added(const Inventory& before, const Inventory& now) {
  Inventory fresh;
  std::set_difference(now.begin(), now.end(), before.begin(), before.end(), std::inserter(fresh, fresh.end()));
  return fresh;
}

Inventory common(const Inventory& one, const Inventory& other) {
  Inventory both;
  std::set_intersection(one.begin(), one.end(), other.begin(), other.end(), std::inserter(both, both.end()));
  return both;
}

}  // namespace

const Check* leak_check(const Plan& plan, const Workload& workload) {
  for (const Check& check : plan.checks) {
    if (std::holds_alternative<NoLeaksCheck>(check.kind) && applies_to(check.workloads, workload.name)) return &check;
  }
  return nullptr;
}

LeakWatch::LeakWatch(const Plan& plan, const NoLeaksCheck& check, const ArmSetup& setup, const Workspace& workspace,
                     host::Launcher& launcher, OnceNotes& notes)
    : plan_(plan),
      check_(check),
      setup_(setup),
      launcher_(launcher),
      notes_(notes),
      declared_(declared_files(plan, plan.workloads[setup.workload], setup.working_directory)) {
  own_folders_ = {host::real_path(setup.working_directory)};
  for (const std::string& folder : check.watch) {
    own_folders_.push_back(host::real_path(path_in(setup.working_directory, folder)));
  }
  // A service that the arm's setup started writes there when it likes.
  const std::string arm_folder = host::real_path(workspace.resources().arms[setup.arm].folder);
  std::vector<std::string> of_services = folders_of_services();
  (host::used_by_processes({arm_folder}).empty() ? own_folders_ : of_services).push_back(arm_folder);
  // What is new in another arm's clone acts on that arm; its own trials are not running now, since no duet is watched.
  for (const std::string& clone : setup.other_sources) {
    if (host::used_by_processes({clone}).empty()) own_folders_.push_back(host::real_path(clone));
  }
  std::vector<std::string> folders = own_folders_;
  if (const std::string home = home_of(setup); !home.empty()) folders.push_back(home);
  folders.insert(folders.end(), shared_folders().begin(), shared_folders().end());
  before_ = take_inventory(host::Makers::all);
  ports_before_ = ports();
  const auto is_exempt = [this, root = host::real_path(workspace.root())](const std::string& path) {
    return path == root || is_of_the_lab(path) || is_one_of(path, kNoFiles) || is_one_of(path, kOfTheSystem) ||
           is_ignored(path);
  };
  files_.emplace(folders, kMostEntries, is_exempt);
  // Of / and /dev only their own entries: what lies in their folders is watched by itself, or not at all.
  const auto is_exempt_or_inside = [is_exempt, inside = folders_in({"/", "/dev"})](const std::string& path) {
    return inside.contains(path) || is_exempt(path);
  };
  outlying_.emplace(outlying_folders(), kMostOutlying, is_exempt_or_inside);
  of_services_.emplace(of_services, kMostOutlying, is_exempt_or_inside);
  for (const std::string& folder : files_->cut()) {
    notes.add(
        fmt::format("check {}: {} is too large to be watched whole: only its first {} entries are, level by level",
                    leak_check(plan, plan.workloads[setup.workload])->name, valid_text(folder), kMostEntries));
  }
}

Inventory LeakWatch::take_inventory(host::Makers makers) {
  Inventory inventory;
  for (const std::string& mount : host::mounts()) inventory.insert("mount " + mount);
  for (const std::string& object : host::shared_objects(makers)) inventory.insert(object);
  const SpentMeter meter(launcher_);
  for (const Argv& command : check_.list) {
    const host::ProcessResult result = run_beside(launcher_, {.command = command,
                                                              .setup = setup_,
                                                              .timeout = plan_.workloads[setup_.workload].timeout,
                                                              .standard_output = host::Captured{kMostListed}});
    if (const auto failure = failure_in(result)) {
      throw Error(fmt::format("list command {}: {}", fmt::join(command, " "), *failure));
    }
    for_each_line(result.standard_output.text, [&](std::string_view line) {
      inventory.insert(fmt::format("\"{}\" of {}", valid_text(line), fmt::join(command, " ")));
    });
  }
  if (!check_.list.empty()) listed_in_ += meter.so_far();
  return inventory;
}

void LeakWatch::look(const std::vector<host::Survivor>& survivors) {
  ended_ = host::latest_file_moment();
  for (const host::Survivor& survivor : survivors) {
    processes_.push_back(fmt::format("process {} {}", survivor.pid, valid_text(survivor.command_line)));
  }
  new_things_ = added(before_, take_inventory(host::Makers::gone));
  new_ports_ = added(ports_before_, ports());
  new_paths_ = new_files(ended_);
  changed_paths_.clear();
  for (std::string& path : files_->changed()) {
    const std::optional<host::FileMoment> moment = host::changed_at(path);
    if (moment && !is_shared(path) && !is_declared(path)) changed_paths_.emplace(std::move(path), *moment);
  }
}

/// What conclude wrote again it may have put back.
std::vector<std::string> LeakWatch::changed_files() const {
  std::vector<std::string> paths;
  for (const auto& [path, moment] : changed_paths_) {
    if (host::changed_at(path) == moment) paths.push_back(path);
  }
  return paths;
}

std::vector<std::string> LeakWatch::leaks(const std::vector<std::string>& left_in_tmpdir) {
  std::vector<std::string> all = processes_;
  for (const std::string& name : left_in_tmpdir) all.push_back("file $TMPDIR/" + valid_text(name));
  if (!new_things_.empty()) new_things_ = common(new_things_, take_inventory(host::Makers::gone));
  forget_removed_files();
  new_ports_ = common(new_ports_, ports());
  wait_for_others();
  if (!new_things_.empty()) new_things_ = common(new_things_, take_inventory(host::Makers::gone));
  const std::set<std::string> of_others = host::used_by_processes(doubtful_files(), &activity_);
  std::erase_if(new_paths_, [&](const std::string& path) { return of_others.contains(path); });
  all.insert(all.end(), new_things_.begin(), new_things_.end());
  all.insert(all.end(), new_ports_.begin(), new_ports_.end());
  for (const std::string& path : new_paths_) all.push_back("file " + valid_text(path));
  return all;
}

void LeakWatch::wait_for_others() {
  const auto nothing_is_doubtful = [this] {
    return new_things_.empty() && new_ports_.empty() && doubtful_files().empty();
  };
  if (nothing_is_doubtful()) return;
  BusyFolders others(shared_entries());
  const Inventory ports_at_first = ports();
  for (nanoseconds waited{}; waited < kSettling; waited += kLookAgain) {
    std::this_thread::sleep_for(kLookAgain);
    forget_removed_files();
    new_ports_ = common(new_ports_, ports());
    if (nothing_is_doubtful()) return;
  }
  others.look_again(shared_entries());
  std::size_t forgotten =
      std::erase_if(new_paths_, [&](const std::string& path) { return is_shared(path) && others.hold(path); });
  if (ports() != ports_at_first) forgotten += std::exchange(new_ports_, {}).size();
  if (forgotten > 0) {
    notes_.add(
        fmt::format("check {}: files or listening ports come and go here while no trial runs, too, so new ones "
                    "where that happens are not held against a trial",
                    leak_check(plan_, plan_.workloads[setup_.workload])->name));
  }
}

/// What is new in shared folders, and of this user.
std::vector<std::string> LeakWatch::shared_entries() const {
  std::vector<std::string> entries = appeared();
  std::erase_if(entries, [this](const std::string& path) { return !is_shared(path) || !host::is_own(path); });
  return entries;
}

void LeakWatch::forget_removed_files() {
  std::erase_if(new_paths_, [](const std::string& path) {
    std::error_code unreadable;
    return fs::symlink_status(path, unreadable).type() == fs::file_type::not_found;
  });
}

std::set<std::string> LeakWatch::doubtful_files() const {
  std::set<std::string> doubtful;
  for (const std::string& path : new_paths_) {
    if (is_shared(path)) doubtful.insert(path);
  }
  return doubtful;
}

std::vector<std::string> LeakWatch::appeared() const {
  std::set<std::string> all;
  for (const host::FolderWatch* watch : {&*files_, &*outlying_}) {
    for (std::string& path : watch->appeared()) all.insert(std::move(path));
  }
  return {all.begin(), all.end()};
}

std::vector<std::string> LeakWatch::doubts() const {
  std::vector<std::string> doubts;
  for (const std::string& path : of_services_->appeared()) {
    const bool is_held = std::find(new_paths_.begin(), new_paths_.end(), path) != new_paths_.end();
    if (!is_held && is_doubtful(path, ended_) && !is_declared(path)) doubts.push_back(valid_text(path));
  }
  for (const std::string& folder : files_->folders_with_set_times()) {
    if (!is_shared(folder) || host::is_own(folder)) doubts.push_back("the time of " + valid_text(folder));
  }
  return doubts;
}

std::vector<std::string> LeakWatch::new_files(host::FileMoment ended) const {
  std::vector<std::string> files;
  for (const std::string& path : appeared()) {
    if (!is_shared(path) || is_doubtful(path, ended)) add_leaks_in(path, files);
  }
  // What nobody else can have made is named first.
  std::stable_partition(files.begin(), files.end(), [this](const std::string& path) { return !is_shared(path); });
  return files;
}

/// Whether the trial may have made this in a shared folder.
bool LeakWatch::is_doubtful(const std::string& path, host::FileMoment ended) const {
  return (host::is_own(path) || host::was_given_away(path)) &&
         host::may_have_come_between(path, files_->made_at(), ended);
}

void LeakWatch::add_leaks_in(const std::string& path, std::vector<std::string>& files) const {
  if (is_declared(path) || is_ignored(path)) return;
  const auto holds = [&path](const std::string& declared) { return is_path_or_below(declared, path); };
  std::error_code unreadable;
  if (std::none_of(declared_.begin(), declared_.end(), holds) || !fs::is_directory(path, unreadable)) {
    files.push_back(path);
    return;
  }
  for (fs::directory_iterator entry(path, unreadable); !unreadable && entry != fs::directory_iterator();
       entry.increment(unreadable)) {
    add_leaks_in(entry->path(), files);
  }
}

bool LeakWatch::is_declared(const std::string& path) const {
  return declared_.contains(path);
}

bool LeakWatch::is_ignored(const std::string& path) const {
  return std::any_of(check_.ignore.begin(), check_.ignore.end(),
                     [&](const std::string& pattern) { return name_matches(pattern, path); });
}

bool LeakWatch::is_shared(const std::string& path) const {
  return std::none_of(own_folders_.begin(), own_folders_.end(),
                      [&](const std::string& folder) { return is_path_or_below(path, folder); });
}

}  // namespace assay::trial
