#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "experiments/formats/canonical_writer.hpp"
#include "experiments/formats/field.hpp"
#include "experiments/formats/form.hpp"

namespace assay::formats {

/// When a key of an object is written, and whether a reader insists on it.
enum class Presence {
  always,          ///< a reader refuses an object without it
  if_set,          ///< left out if there is no value
  unless_default,  ///< left out if it has its default: it came later, and the hashes of older plans must hold
};

/// One key of a JSON object, and how it follows from a struct.
///
/// What walks a description knows structs and values by their addresses only, so that it is compiled once. `Object`
/// (object.hpp) makes members from pointers to members and keeps the types in step.
struct Member {
  std::string_view key;
  std::string_view meaning;  ///< one phrase, for the tables of docs/formats and the JSON Schema
  Presence presence = Presence::always;
  void* (*part)(void* object) = nullptr;  ///< the part of the object that has the value; null: the object itself
  const void* (*get)(const void* part) = nullptr;  ///< the value's address, or null: then the key is left out
  void* (*make)(void* part) = nullptr;             ///< the address to read into; null: a reader passes the key over
  void (*write)(const void* value, CanonicalWriter& writer) = nullptr;
  void (*read)(const Field& field, void* value) = nullptr;
  Form (*form)() = nullptr;
  Bounds bounds = {};  ///< beside those of the form
};

/// The key that says which alternative of a variant an object holds. The members of the alternative stand beside it.
struct KindKey {
  std::string_view key;
  std::string_view meaning;
  std::span<const std::string_view> names;  ///< in the order of the variant
  std::string_view objection;               ///< to an unknown name: "is not an outcome"
  std::size_t (*index)(const void* object) = nullptr;
  void (*emplace)(void* object, std::size_t index) = nullptr;
};

/// The members of a struct's JSON object. From this one list follow canonical writing, strict reading, the tables of
/// docs/formats and the JSON Schema.
class Description {
 public:
  /// What is done after all members are read: checks what single members cannot, and throws Error.
  using LastStep = void (*)(void* object, const Field& field);

  Description(std::string_view name, std::vector<Member> members, std::vector<KindKey> kind, LastStep last_step);
  Description(const Description&) = delete;
  Description& operator=(const Description&) = delete;

  [[nodiscard]] std::string_view name() const { return name_; }
  /// In the order in which they were listed, in which they are read.
  [[nodiscard]] const std::vector<Member>& members() const { return members_; }
  [[nodiscard]] const KindKey* kind() const { return kind_.empty() ? nullptr : &kind_.front(); }

  /// The members of an object, without the braces around them: in the byte order of their keys.
  void write_members(const void* object, CanonicalWriter& writer) const;
  /// Keys that no member has are passed over, so that later versions may add some.
  /// \throws Error with the place of what is wrong
  void read_members(const Field& field, void* object) const;

 private:
  std::string_view name_;
  std::vector<Member> members_;
  std::vector<KindKey> kind_;  ///< at most one
  LastStep last_step_;
  std::vector<const Member*> by_key_;  ///< a null pointer stands for the kind
};

/// How the values of a type are laid out. Specialised in a .cpp for each struct that is an object in our files, and
/// declared in the header of its group (plan_fields.hpp, trial_fields.hpp, ...).
template <class Struct>
[[nodiscard]] const Description& description_of();

void write_object(const Description& description, const void* object, CanonicalWriter& writer);
void read_object(const Description& description, const Field& field, void* object);

}  // namespace assay::formats
