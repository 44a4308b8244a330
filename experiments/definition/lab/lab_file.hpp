#pragma once

#include "experiments/definition/definition.hpp"
#include "experiments/definition/document.hpp"
#include "experiments/definition/keys/table.hpp"
#include "experiments/definition/shape_mistakes.hpp"
#include "experiments/formats/field.hpp"

namespace assay::definition {

/// Reads a whole TOML file whose top level is the table of a struct. An empty text states the defaults.
/// \throws Error with file, line and column of every mistake.
template <class Struct>
[[nodiscard]] Struct read_lab_file(const SourceText& source) {
  const Document document = read_toml(source);
  const std::vector<Mistake> mistakes = shape_mistakes(document, shape::table(table_of<Struct>()));
  if (!mistakes.empty()) throw errors_at(document, mistakes);
  return read_as<Struct>(Field::of_document(document));
}

}  // namespace assay::definition
