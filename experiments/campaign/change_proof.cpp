#include "experiments/campaign/change_proof.hpp"

#include <filesystem>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/digest.hpp"
#include "core/host/files/files.hpp"
#include "core/host/files/temporary_folder.hpp"
#include "core/host/process/process.hpp"
#include "core/host/source/clone.hpp"
#include "core/host/source/git.hpp"
#include "core/host/source/repository.hpp"
#include "core/one_of.hpp"
#include "experiments/campaign/level_text.hpp"
#include "experiments/record/lab.hpp"

namespace assay::campaign {
namespace {

namespace fs = std::filesystem;

std::string in_folder(const std::string& folder, const std::string& path) {
  return host::absolute_path((fs::path(folder) / path).string());
}

/// Why a file of the plan cannot be compared with; empty if its content is still that of the plan.
std::string changed_since(const std::string& path, const std::string& sha256) {
  std::error_code none;
  if (!fs::is_regular_file(path, none)) return fmt::format("{} is not there any more", path);
  if (host::sha256(host::read_file(path)) == sha256) return "";
  return fmt::format("{} is not what it was when the experiment ran", path);
}

/// The repository that the plan's sources come from, or else the one that holds the lab.
host::Repository repository_of(const ProofRequest& request, host::Launcher& launcher) {
  const std::string folder = record::folder_in_lab(request.lab_root, request.plan.folder);
  const auto& source = request.plan.variable.source;
  return host::find_repository(launcher,
                               source && !source->repository.empty() ? in_folder(folder, source->repository) : folder);
}

class ChangeSearch {
 public:
  ChangeSearch(const ProofRequest& request, InRevision expected)
      : request_(request), expected_(expected), folder_(record::folder_in_lab(request.lab_root, request.plan.folder)) {
    repository_ = repository_of(request, launcher_);
    commit_ = host::resolve_revision(launcher_, repository_, request.revision).commit;
  }

  std::variant<ShownChange, UnshownChange> operator()(const SourceLevel& level) const {
    const auto& control = std::get<SourceLevel>(request_.plan.variable.levels.at(kControl).value);
    std::vector<std::string> before;
    std::vector<std::string> after;
    for (const auto& [source, paths] : {std::pair(&control, &before), std::pair(&level, &after)}) {
      for (const Patch& patch : source->patches) {
        paths->push_back(in_folder(folder_, patch.file));
        if (const std::string why = changed_since(paths->back(), patch.sha256); !why.empty()) return unshown(why);
      }
    }
    const host::TemporaryFolder scratch(host::temporary_parent(), "assay-");
    const host::Clone clone(launcher_, repository_, scratch.path() + "/clone", host::GitConfiguration::none);
    const host::TreeChange change{clone.tree_with_patches(control.commit, before),
                                  clone.tree_with_patches(level.commit, after)};
    const bool is_held = expected_ == InRevision::held;
    if (clone.applies(change, commit_, is_held ? host::Applied::in_reverse : host::Applied::forward)) {
      return ShownChange{commit_, ChangeProof::patch, ""};
    }
    return unshown(is_held ? "the change does not apply to it in reverse"
                           : "the change does not apply to it anew, as it would if it were gone");
  }

  std::variant<ShownChange, UnshownChange> operator()(const FileLevel& level) const {
    const std::string treatment = in_folder(folder_, level.file);
    if (const std::string why = changed_since(treatment, level.sha256); !why.empty()) return unshown(why);
    const std::string path = from_top(fs::path(folder_) / request_.plan.variable.name);
    const host::Git git(launcher_, repository_.folder);
    if (is_link(git, path)) return unshown(fmt::format("{} is a symbolic link there", path));
    const auto found = git.try_run({"rev-parse", "--verify", "--quiet", commit_ + ":" + path});
    const bool is_equal = found && *found == git.output_of({"hash-object", "--no-filters", "--", treatment});
    if (expected_ == InRevision::held) {
      if (is_equal) return ShownChange{commit_, ChangeProof::file, path};
      return unshown(fmt::format("{} is not the file of treatment there", path));
    }
    if (is_equal) return unshown(fmt::format("{} is still the file of treatment", path));
    const auto text = git.try_run({"cat-file", "blob", commit_ + ":" + path});
    if (!text || is_control(*text)) return ShownChange{commit_, ChangeProof::file, path};
    return unshown(fmt::format("{} is neither the file of treatment nor that of control there", path));
  }

  template <OneOf<EnvironmentLevel, ArgumentLevel, CommandLevel, StateLevel, SettingsLevel> WrittenLevel>
  std::variant<ShownChange, UnshownChange> operator()(const WrittenLevel& level) const {
    const std::string& label = request_.plan.variable.levels.at(request_.treatment).label;
    if (!is_written_in_a_file(LevelValue(level))) {
      return unshown(fmt::format("no file says the level {} in a way that can be looked for", label));
    }
    if (!request_.file) return unshown(fmt::format("no file was named that says the level {}", label));
    const std::string path = from_top(*request_.file);
    const host::Git git(launcher_, repository_.folder);
    if (is_link(git, path)) return unshown(fmt::format("{} is a symbolic link there: name the file it leads to", path));
    const auto text = git.try_run({"cat-file", "blob", commit_ + ":" + path});
    if (!text) return unshown(fmt::format("it has no file {}", path));
    const bool is_said = says_level(*text, request_.plan, request_.treatment);
    if (expected_ == InRevision::held) {
      if (is_said) return ShownChange{commit_, ChangeProof::level, path};
      return unshown(fmt::format("{} does not say the level {}", path, label));
    }
    if (is_said) return unshown(fmt::format("{} still says the level {}", path, label));
    // A line with its words may set it in a way that is not known here, unless another one sets control's.
    if (says_level(*text, request_.plan, kControl)) return ShownChange{commit_, ChangeProof::level, path};
    if (may_say_level(*text, request_.plan, request_.treatment)) {
      return unshown(fmt::format("{} may still say the level {}", path, label));
    }
    if (request_.is_where_it_was) return ShownChange{commit_, ChangeProof::level, path};
    return unshown(fmt::format("{} does not say the level {}", path, request_.plan.variable.levels.at(kControl).label));
  }

 private:
  /// Whether it is the file of control. \param text  as git prints it, without the final line break
  [[nodiscard]] bool is_control(const std::string& text) const {
    const std::string& sha256 = std::get<FileLevel>(request_.plan.variable.levels.at(kControl).value).sha256;
    return host::sha256(text) == sha256 || host::sha256(text + "\n") == sha256;
  }

  [[nodiscard]] UnshownChange unshown(std::string why) const { return {commit_, std::move(why)}; }

  /// A path as git names it in a commit. Links below the repository's top are those of the working tree, which the
  /// commit need not have, so they are not followed.
  [[nodiscard]] std::string from_top(const fs::path& file) const {
    const std::string top = host::absolute_path(repository_.top.empty() ? repository_.folder : repository_.top);
    const fs::path path = fs::absolute(file).lexically_normal();
    fs::path folder;
    for (auto part = path.begin(); part != path.end(); ++part) {
      folder /= *part;
      std::error_code none;
      if (fs::weakly_canonical(folder, none) != top) continue;
      fs::path rest;
      for (++part; part != path.end(); ++part) rest /= *part;
      return rest.string();
    }
    return path.lexically_relative(top).string();
  }

  [[nodiscard]] bool is_link(const host::Git& git, const std::string& path) const {
    const auto entry = git.try_run({"ls-tree", "--full-tree", commit_, "--", path});
    return entry && entry->starts_with("120000 ");
  }

  const ProofRequest& request_;
  InRevision expected_;
  std::string folder_;
  mutable host::Launcher launcher_;
  host::Repository repository_;
  std::string commit_;
};

}  // namespace

std::variant<ShownChange, UnshownChange> look_for_change(const ProofRequest& request, InRevision expected) {
  const ChangeSearch search(request, expected);
  return std::visit(search, request.plan.variable.levels.at(request.treatment).value);
}

Following followed_by(const ProofRequest& request, const std::string& commit) {
  host::Launcher launcher;
  const host::Repository repository = repository_of(request, launcher);
  Following following{.commit = host::resolve_revision(launcher, repository, request.revision).commit};
  const host::Git git(launcher, repository.folder);
  following.is_followed = git.exit_code_of({"merge-base", "--is-ancestor", commit, following.commit}) == 0;
  return following;
}

ArmIndex kept_arm(const Record& record) {
  for (const Comparison& comparison : record.result.comparisons) {
    if (comparison.decision == Decision::keep) return comparison.treatment.index;
  }
  return record.result.comparisons.empty() ? ArmIndex{1} : record.result.comparisons.front().treatment.index;
}

}  // namespace assay::campaign
