#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "core/host/span/run_span.hpp"

/// assay-span NAME -- COMMAND [ARGUMENT...]
int main(int argument_count, char** arguments) {
  using namespace assay::host;
  const bool has_dashes = argument_count > 2 && std::strcmp(arguments[2], "--") == 0;
  char** const command = arguments + (has_dashes ? 3 : 2);
  if (argument_count < 3 || *command == nullptr) {
    std::fputs("usage: assay-span NAME -- COMMAND [ARGUMENT...]\n", stderr);
    return 1;
  }
  if (!may_name_span(arguments[1])) {
    std::fprintf(stderr, "assay-span: a span's name has 1 to %d bytes and no control characters, and is not %s\n",
                 kLongestSpanName, kNoSpanName);
    return 1;
  }
  end_as(run_span(arguments[1], command, std::getenv("ASSAY_SPANS")).status);
}
