#include "core/host/process/child_streams.hpp"

#include <fcntl.h>

#include "core/host/process/program_lookup.hpp"

namespace assay::host {
namespace {

/// The absolute path of a stream's file; empty where it goes elsewhere.
std::string file_of(const ProcessRequest& request, const OutputSink& sink) {
  const auto* file = std::get_if<ToFile>(&sink);
  return file == nullptr ? "" : path_seen_by_child(request, file->path);
}

bool name_one_file(const ProcessRequest& request) {
  const std::string file = file_of(request, request.standard_output);
  return !file.empty() && file == file_of(request, request.standard_error);
}

FileDescriptor open_input(const ProcessRequest& request) {
  if (request.standard_input.empty()) return FileDescriptor(-1);
  return FileDescriptor::open("read", path_seen_by_child(request, request.standard_input), O_RDONLY);
}

}  // namespace

ChildStreams::ChildStreams(const ProcessRequest& request)
    : output(request.standard_output, file_of(request, request.standard_output)),
      error(name_one_file(request) ? OutputSink(ToNull{}) : request.standard_error,
            file_of(request, request.standard_error)),
      input_(open_input(request)),
      share_file_(name_one_file(request)) {}

std::array<int, 3> ChildStreams::child_ends() const {
  return {input_.number(), output.child_end(), share_file_ ? output.child_end() : error.child_end()};
}

void ChildStreams::close_child_ends() {
  input_ = FileDescriptor(-1);
  output.close_child_end();
  error.close_child_end();
}

}  // namespace assay::host
