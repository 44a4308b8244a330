#include "experiments/console/output.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/text/utf8.hpp"
#include "experiments/formats/printed_json.hpp"

namespace assay::console {

void print_output(std::string_view text) {
  static bool is_abandoned = false;  // its reader has gone, as in `assay run ... | head -1`
  if (is_abandoned) return;
  errno = 0;
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  is_abandoned = !written && errno == EPIPE;
  if (!written && !is_abandoned)
    throw Error(fmt::format("standard output does not take the result: {}", std::strerror(errno)));
}

void print_remark(std::string_view line) {
  std::fputs((printable(line) + '\n').c_str(), stderr);
}

void print_json(const nlohmann::json& value) {
  print_output(formats::printed_json(value));
}

}  // namespace assay::console
