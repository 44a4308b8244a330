#pragma once

#include "core/host/source/git.hpp"
#include "core/host/source/repository.hpp"

namespace assay::host {

/// Lets the clone of a partial clone fetch what is not there, as the user's own git would: from the same remote, with
/// the addresses, headers and proxies of the user and the repository, and the user's own credential helpers. What of
/// the repository's own configuration would run a program is left out. It does nothing if the repository is no partial
/// clone.
void follow_promisor(Launcher& launcher, const Repository& repository, const Git& clone);

}  // namespace assay::host
