#include "experiments/formats/codec.hpp"

#include "core/text/valid_text.hpp"

namespace assay::formats {

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
