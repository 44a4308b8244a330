#include "experiments/record/committed_revision.hpp"

#include <filesystem>
#include <vector>

#include "core/error.hpp"
#include "core/host/process/process.hpp"
#include "core/host/source/repository.hpp"
#include "experiments/record/documents/perf_documents.hpp"
#include "experiments/record/lab.hpp"

namespace assay::record {
namespace {

namespace fs = std::filesystem;

/// What assay itself writes for the lab of this folder, from the repository's top.
std::vector<std::string> written_by_assay(const host::Repository& repository, const std::string& folder) {
  std::vector<std::string> paths;
  const std::optional<Lab> lab = Lab::find(folder);
  if (!lab || repository.top.empty()) return paths;
  std::error_code ignored;
  const fs::path root =
      fs::weakly_canonical(lab->root(), ignored).lexically_relative(fs::weakly_canonical(repository.top, ignored));
  if (root.empty() || *root.begin() == "..") return paths;
  paths.push_back((root / ".assay").lexically_normal().string());
  for (const std::string& name : rendered_documents()) paths.push_back((root / name).lexically_normal().string());
  return paths;
}

}  // namespace

CommittedRevision committed_revision(const std::string& folder) {
  try {
    host::Launcher launcher;
    const host::Repository repository = host::find_repository(launcher, folder);
    return {host::resolve_revision(launcher, repository, "HEAD").commit,
            host::has_uncommitted_changes(launcher, repository, written_by_assay(repository, folder))};
  } catch (const Error&) {
    return {};
  }
}

std::string resolved_revision(const std::string& folder, const std::string& revision) {
  host::Launcher launcher;
  return host::resolve_revision(launcher, host::find_repository(launcher, folder), revision).commit;
}

}  // namespace assay::record
