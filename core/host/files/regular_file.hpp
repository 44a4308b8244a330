#pragma once

#include <string>
#include <string_view>
#include <sys/types.h>

#include "core/host/files/file_descriptor.hpp"

namespace assay::host {

/// Opens a file for reading, but never waits: what is no file (a FIFO, a socket, a device, or a link to one) is refused
/// before anything is read. /dev/null passes, because it ends at once. Links are followed.
/// \param doing  the verb after "cannot"
/// \param flags  open flags besides O_RDONLY
/// \param mode  of a file that is made, if the flags ask for it
/// \throws Error that names the path and says what is there.
[[nodiscard]] FileDescriptor open_regular_file(std::string_view doing, const std::string& path, int flags = 0,
                                               mode_t mode = 0);

/// Throws the same error if the path names a FIFO, a socket or a device other than /dev/null; passes if nothing is
/// there. Opens nothing.
void refuse_other_than_file(std::string_view doing, const std::string& path);

}  // namespace assay::host
