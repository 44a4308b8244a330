#include "experiments/record/signing/known_keys.hpp"

#include <filesystem>
#include <optional>

#include "core/error.hpp"
#include "core/host/process/process.hpp"
#include "core/host/source/git.hpp"
#include "core/host/source/repository.hpp"
#include "experiments/record/record_files.hpp"
#include "experiments/record/signing/signatures.hpp"

namespace assay::record {

struct KnownKeys::History {
  explicit History(const std::string& folder) : git(launcher, folder) {}

  /// The commit that brought this content of the file; empty if no commit did.
  [[nodiscard]] std::string commit_of(const std::string& path) const {
    return git.try_run({"log", "-1", "--format=%H", "--diff-filter=AM", "--no-renames", "--", pathspec(path)})
        .value_or("");
  }

  [[nodiscard]] bool is_as_committed(const std::string& path) const {
    return git.exit_code_of({"diff", "--quiet", "HEAD", "--", pathspec(path)}) == 0;
  }

  [[nodiscard]] std::string pathspec(const std::string& path) const {
    return ":(literal)" + std::filesystem::path(path).lexically_relative(git.folder()).string();
  }

  host::Launcher launcher;
  host::Git git;
};

KnownKeys::KnownKeys(const Lab& lab) : lab_(lab) {
  try {
    auto history = std::make_unique<History>(lab_.root());
    (void)host::find_repository(history->launcher, lab_.root());
    history_ = std::move(history);
  } catch (const Error&) {
    history_ = nullptr;
  }
}

KnownKeys::~KnownKeys() = default;

bool KnownKeys::was_known(const std::string& public_key, const RecordSummary& claim) const {
  if (history_ == nullptr) return true;
  const auto [answer, is_new] = answers_.try_emplace({public_key, claim.sha256}, false);
  if (is_new) answer->second = look_up(public_key, claim);
  return answer->second;
}

bool KnownKeys::look_up(const std::string& public_key, const RecordSummary& claim) const {
  const std::string claimed = history_->commit_of(record_path(lab_, claim.name));
  if (claimed.empty()) return true;
  const std::string key_path = public_key_path(lab_, public_key);
  const std::string published = history_->commit_of(key_path);
  if (published.empty() || published == claimed || !history_->is_as_committed(key_path)) return false;
  return history_->git.exit_code_of({"merge-base", "--is-ancestor", published, claimed}) == 0;
}

}  // namespace assay::record
