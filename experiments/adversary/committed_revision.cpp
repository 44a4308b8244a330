#include "experiments/adversary/committed_revision.hpp"

#include "core/error.hpp"
#include "core/host/process/process.hpp"
#include "core/host/source/repository.hpp"

namespace assay::adversary {

CommittedRevision committed_revision(const std::string& folder) {
  try {
    host::Launcher launcher;
    const host::Repository repository = host::find_repository(launcher, folder);
    return {host::resolve_revision(launcher, repository, "HEAD").commit,
            host::has_uncommitted_changes(launcher, repository)};
  } catch (const Error&) {
    return {};
  }
}

std::string resolved_revision(const std::string& folder, const std::string& revision) {
  host::Launcher launcher;
  return host::resolve_revision(launcher, host::find_repository(launcher, folder), revision).commit;
}

}  // namespace assay::adversary
