#include "experiments/formats/record/entry_json.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "experiments/formats/canonical_json.hpp"
#include "experiments/formats/record/entry_fields.hpp"
#include "experiments/formats/record/envelope.hpp"
#include "experiments/formats/record/envelope_fields.hpp"

namespace assay::formats {
namespace {

template <std::size_t... indices>
std::vector<EntryContent> empty_contents(std::index_sequence<indices...>) {
  return {EntryContent(std::in_place_index<indices>)...};
}

/// An empty content of that kind. \throws Error for an attempt, which is no entry.
EntryContent content_of_kind(RecordKind kind) {
  for (EntryContent& content : empty_contents(std::make_index_sequence<std::variant_size_v<EntryContent>>())) {
    if (kind_of(content) == kind) return std::move(content);
  }
  throw Error(fmt::format("/kind: a record of the kind \"{}\", not of an entry", to_string(kind)));
}

/// An attempt has no key `kind`, and so no entry is one.
struct EntryKindCodec {
  static void write(const Entry& entry, CanonicalWriter& writer) { writer.value(to_string(kind_of(entry.content))); }
  static void read(const Field& field, Entry& entry) { entry.content = content_of_kind(record_kind_at(field)); }
  static Form form() { return Form::text(); }
};

struct PayloadCodec {
  static void write(const Entry& entry, CanonicalWriter& writer) {
    std::visit([&writer]<class Content>(const Content& content) { Codec<Content>::write(content, writer); },
               entry.content);
  }
  static void read(const Field& field, Entry& entry) {
    std::visit([&field]<class Content>(Content& content) { Codec<Content>::read(field, content); }, entry.content);
  }
  static Form form() { return Form::object_of({}); }
};

}  // namespace

template <>
const Description& description_of<Entry>() {
  static const Description description = [] {
    Object<Entry> object("entry");
    return Description(add_envelope(object)
                           .from_whole<EntryKindCodec>("kind", "what was decided, claimed or measured")
                           .from_whole<PayloadCodec>("payload", "the rest, by its kind"));
  }();
  return description;
}

Entry entry_at(const Field& field) {
  check_format(field);
  return read_as<Entry>(field);
}

std::string entry_json(const Entry& entry) {
  return text_of(entry);
}

Entry parse_entry(std::string_view text, std::string_view name) {
  const nlohmann::json document = parse_json(text, name);
  try {
    return entry_at(Field(document));
  } catch (const Error& error) {
    throw error.within(name);
  }
}

}  // namespace assay::formats
