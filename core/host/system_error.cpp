#include "core/host/system_error.hpp"

#include <cerrno>
#include <system_error>

#include <fmt/format.h>

namespace assay::host {
namespace {

/// What to do about it; empty if that is not obvious.
std::string_view remedy(int error_number) {
  switch (error_number) {
    case ENOSPC:
    case EDQUOT:
      return "; free some space and try again";
    case EROFS:
      return "; use a folder on a file system that is not mounted read-only";
    case EACCES:
    case EPERM:
      return "; check the permissions of the file and its folder";
    case EFBIG:
      return "; raise the limit of file sizes (ulimit -f)";
    case EMFILE:
    case ENFILE:
      return "; raise the limit of open files (ulimit -n)";
    default:
      return "";
  }
}

}  // namespace

Error system_error(std::string_view doing, std::string_view path, int error_number) {
  return Error(fmt::format("cannot {} {}: {}{}", doing, path, std::generic_category().message(error_number),
                           remedy(error_number)));
}

}  // namespace assay::host
