#include "experiments/formats/description.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/assert.hpp"
#include "core/text/utf8.hpp"

namespace assay::formats {
namespace {

void* part_of(const Member& member, void* object) {
  return member.part == nullptr ? object : member.part(object);
}

/// Looking for a part does not change the object; only one signature is kept for both uses.
const void* part_of(const Member& member, const void* object) {
  return part_of(member, const_cast<void*>(object));
}

void read_kind(const KindKey& kind, const Field& field, void* object) {
  const Field named = field.at(kind.key);
  const std::string name = named.text();
  const auto found = std::find(kind.names.begin(), kind.names.end(), name);
  if (found == kind.names.end()) named.fail(fmt::format("\"{}\" {}", name, kind.objection));
  kind.emplace(object, static_cast<std::size_t>(found - kind.names.begin()));
}

void read_member(const Member& member, const Field& field, void* object) {
  if (member.make == nullptr) return;
  void* const part = part_of(member, object);
  if (part == nullptr) return;  // belongs to another alternative
  if (member.presence == Presence::always) {
    member.read(field.at(member.key), member.make(part));
  } else if (const std::optional<Field> found = field.find(member.key)) {
    member.read(*found, member.make(part));
  }
}

}  // namespace

Description::Description(std::string_view name, std::vector<Member> members, std::vector<KindKey> kind,
                         LastStep last_step)
    : name_(name), members_(std::move(members)), kind_(std::move(kind)), last_step_(last_step) {
  for (const Member& member : members_) by_key_.push_back(&member);
  if (!kind_.empty()) by_key_.push_back(nullptr);
  const auto key_of = [this](const Member* member) { return member == nullptr ? kind_.front().key : member->key; };
  std::stable_sort(by_key_.begin(), by_key_.end(),
                   [&](const Member* left, const Member* right) { return key_of(left) < key_of(right); });
}

void Description::write_members(const void* object, CanonicalWriter& writer) const {
  for (const Member* const member : by_key_) {
    if (member == nullptr) {
      writer.member(kind_.front().key, kind_.front().names[kind_.front().index(object)]);
      continue;
    }
    const void* const part = part_of(*member, object);
    const void* const value = part == nullptr ? nullptr : member->get(part);
    if (value == nullptr) continue;
    writer.name(member->key);
    member->write(value, writer);
  }
}

void Description::read_members(const Field& field, void* object) const {
  if (!kind_.empty()) read_kind(kind_.front(), field, object);
  for (const Member& member : members_) read_member(member, field, object);
  if (last_step_ != nullptr) last_step_(object, field);
}

void write_object(const Description& description, const void* object, CanonicalWriter& writer) {
  writer.begin_object();
  description.write_members(object, writer);
  writer.end_object();
}

void read_object(const Description& description, const Field& field, void* object) {
  description.read_members(field, object);
}

}  // namespace assay::formats
