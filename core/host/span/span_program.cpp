#include "core/host/span/span_program.hpp"

#include <cerrno>
#include <string_view>
#include <sys/stat.h>

#include "core/host/files/embedded_file.hpp"
#include "core/host/files/files.hpp"
#include "core/host/system_error.hpp"

ASSAY_EMBED_FILE(assay_span_program, ASSAY_SPAN_PROGRAM_FILE)

namespace assay::host {

void write_span_program(const std::string& folder) {
  const std::string path = folder + "/assay-span";
  const auto size = static_cast<std::size_t>(assay_span_program_end - assay_span_program_begin);
  write_file_atomically(path, std::string_view(assay_span_program_begin, size));
  if (::chmod(path.c_str(), 0755) != 0) throw system_error("make a program of", path, errno);
}

}  // namespace assay::host
