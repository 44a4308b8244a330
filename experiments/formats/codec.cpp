#include "experiments/formats/codec.hpp"

#include <fmt/format.h>

#include "core/text/valid_text.hpp"

namespace assay::formats {

std::string form_of_names(const std::string_view* names, std::size_t count) {
  std::string text;
  for (std::size_t index = 0; index < count; ++index) {
    text += fmt::format("{}`{}`", index == 0 ? "" : index + 1 == count ? " or " : ", ", names[index]);
  }
  return text;
}

void Codec<Seed>::read(const Field& field, Seed& value) {
  try {
    value = Seed::parse(field.text());
  } catch (const Error& failure) {
    field.fail(failure.what());
  }
}

void MachineTextCodec::write(const std::string& value, CanonicalWriter& writer) {
  writer.value(valid_text(value));
}

}  // namespace assay::formats
