#include "experiments/definition/document.hpp"

#include "core/text/utf8.hpp"
#include "experiments/formats/canonical_json.hpp"

namespace assay::definition {
namespace {

bool is_json(const SourceText& source) {
  const std::size_t first = source.text.find_first_not_of(" \t\r\n");
  return source.name.ends_with(".json") || (first != std::string::npos && source.text[first] == '{');
}

}  // namespace

Document read_document(const SourceText& source) {
  if (source.text.size() > kLargestFile) {
    throw Error("larger than an experiment needs: at most 1 MiB").within(source.name);
  }
  if (source.text.find_first_not_of(" \t\r\n") == std::string::npos) {
    throw Error("the file is empty: an experiment needs [experiment], [variable], [[workload]] and [[metric]]")
        .within(source.name);
  }
  return is_json(source) ? Document{source.name, formats::parse_json(source.text, source.name), {}} : read_toml(source);
}

}  // namespace assay::definition
