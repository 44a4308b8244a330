#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/named_variant.hpp"
#include "experiments/formats/codec.hpp"
#include "experiments/formats/description.hpp"

namespace assay::formats::detail {

template <class Pointer>
struct PointerParts;
template <class Owner, class Type>
struct PointerParts<Type Owner::*> {
  using Struct = Owner;
  using Value = Type;
};
template <auto pointer>
using ValueOf = typename PointerParts<decltype(pointer)>::Value;

template <auto pointer>
const auto& value_in(const void* part) {
  return static_cast<const typename PointerParts<decltype(pointer)>::Struct*>(part)->*pointer;
}
template <auto pointer>
auto& value_in(void* part) {
  return static_cast<typename PointerParts<decltype(pointer)>::Struct*>(part)->*pointer;
}

template <auto pointer>
const void* get(const void* part) {
  return &value_in<pointer>(part);
}
template <auto pointer>
void* make(void* part) {
  return &value_in<pointer>(part);
}

template <auto pointer>
const void* get_if_set(const void* part) {
  const auto& value = value_in<pointer>(part);
  return value ? &*value : nullptr;
}
template <auto pointer>
void* make_set(void* part) {
  return &value_in<pointer>(part).emplace();
}

/// One for all members: each would otherwise bring a whole struct of its own into the program's data, 50 kB in all,
/// which the dynamic loader relocates whenever the program starts.
template <class Struct>
const Struct& default_of() {
  static const Struct defaults{};
  return defaults;
}

template <auto pointer>
const void* get_unless_default(const void* part) {
  const auto& defaults = default_of<typename PointerParts<decltype(pointer)>::Struct>();
  return value_in<pointer>(part) == defaults.*pointer ? nullptr : &value_in<pointer>(part);
}

/// A variant that is a member of a struct.
template <auto pointer>
struct MemberVariant {
  using Variant = ValueOf<pointer>;
  static Variant& in(void* object) { return value_in<pointer>(object); }
};
/// A variant that is the described value itself.
template <class Value>
struct WholeVariant {
  using Variant = Value;
  static Variant& in(void* object) { return *static_cast<Variant*>(object); }
};

template <class Place, class Alternative>
void* alternative_in(void* object) {
  return std::get_if<Alternative>(&Place::in(object));
}

template <class Place>
std::size_t index_in(const void* object) {
  return Place::in(const_cast<void*>(object)).index();  // only looked at
}

template <class Variant, std::size_t... indices>
void emplace_alternative(Variant& variant, std::size_t index, std::index_sequence<indices...>) {
  ((index == indices ? static_cast<void>(variant.template emplace<indices>()) : static_cast<void>(0)), ...);
}
template <class Place>
void emplace_in(void* object, std::size_t index) {
  using Variant = typename Place::Variant;
  emplace_alternative(Place::in(object), index, std::make_index_sequence<std::variant_size_v<Variant>>());
}

}  // namespace assay::formats::detail

namespace assay::formats {

/// The description of an alternative of a variant. Specialise it for alternatives that are described elsewhere.
template <class Alternative>
struct AlternativeDescription {
  static const Description& get() { return description_of<Alternative>(); }
};

/// Lists the members of a struct's JSON object, in the order in which they are read:
///
///     Object<Limits>("limits")
///         .always<&Limits::cpus>("cpus", "the CPUs that a trial may use; empty: as the caller's")
///         .if_set<&Limits::nice>("nice", "from -20 to 19")
///
/// The last template argument of each is the codec, by default that of the member's type (codec.hpp). The bounds are
/// for the JSON Schema.
template <class Struct>
class Object {
 public:
  explicit Object(std::string_view name) : name_(name) {}

  /// A key that is always there.
  template <auto pointer, class ValueCodec = Codec<detail::ValueOf<pointer>>>
  Object& always(std::string_view key, std::string_view meaning, const Bounds& bounds = {}) {
    return add<detail::ValueOf<pointer>, ValueCodec>(
        {key, meaning, Presence::always, nullptr, detail::get<pointer>, detail::make<pointer>}, bounds);
  }

  /// A key that is always there, for a member of a member.
  template <auto pointer, auto inner, class ValueCodec = Codec<detail::ValueOf<inner>>>
  Object& always_in(std::string_view key, std::string_view meaning, const Bounds& bounds = {}) {
    return add<detail::ValueOf<inner>, ValueCodec>(
        {key, meaning, Presence::always, nullptr,
         [](const void* part) -> const void* { return &(detail::value_in<pointer>(part).*inner); },
         [](void* part) -> void* { return &(detail::value_in<pointer>(part).*inner); }},
        bounds);
  }

  /// A key for an optional member, left out if that has no value.
  template <auto pointer, class ValueCodec = Codec<typename detail::ValueOf<pointer>::value_type>>
  Object& if_set(std::string_view key, std::string_view meaning, const Bounds& bounds = {}) {
    return add<typename detail::ValueOf<pointer>::value_type, ValueCodec>(
        {key, meaning, Presence::if_set, nullptr, detail::get_if_set<pointer>, detail::make_set<pointer>}, bounds);
  }

  /// A key that is left out if the member has the value that it has in a default-constructed struct.
  template <auto pointer, class ValueCodec = Codec<detail::ValueOf<pointer>>>
  Object& unless_default(std::string_view key, std::string_view meaning, const Bounds& bounds = {}) {
    return add<detail::ValueOf<pointer>, ValueCodec>(
        {key, meaning, Presence::unless_default, nullptr, detail::get_unless_default<pointer>, detail::make<pointer>},
        bounds);
  }

  /// The same for a member of a member.
  template <auto pointer, auto inner, class ValueCodec = Codec<detail::ValueOf<inner>>>
  Object& unless_default_in(std::string_view key, std::string_view meaning) {
    return add<detail::ValueOf<inner>, ValueCodec>(
        {key, meaning, Presence::unless_default, nullptr,
         [](const void* part) { return detail::get_unless_default<inner>(&detail::value_in<pointer>(part)); },
         [](void* part) -> void* { return &(detail::value_in<pointer>(part).*inner); }});
  }

  /// A key that is left out if `get` finds no value. `get` is `const Value* (const Struct&)`, and `make`, which gives
  /// the place to read into, `Value& (Struct&)`.
  template <auto get, auto make>
  Object& found_by(std::string_view key, std::string_view meaning) {
    using Value = std::remove_reference_t<decltype(make(std::declval<Struct&>()))>;
    return add<Value, Codec<Value>>(
        {key, meaning, Presence::if_set, nullptr,
         [](const void* part) -> const void* { return get(*static_cast<const Struct*>(part)); },
         [](void* part) -> void* { return &make(*static_cast<Struct*>(part)); }});
  }

  /// A key that is written if `get` finds a value, and that a reader passes over.
  template <auto get>
  Object& written_by(std::string_view key, std::string_view meaning) {
    using Value = std::remove_cvref_t<decltype(*get(std::declval<const Struct&>()))>;
    add<Value, Codec<Value>>({key, meaning, Presence::if_set, nullptr,
                              [](const void* part) -> const void* { return get(*static_cast<const Struct*>(part)); }});
    return *this;
  }

  /// A key whose value follows from the whole struct: its codec writes and reads that.
  template <class StructCodec>
  Object& from_whole(std::string_view key, std::string_view meaning) {
    return add<Struct, StructCodec>({key, meaning, Presence::always, nullptr, [](const void* part) { return part; },
                                     [](void* part) { return part; }});
  }

  /// The same, left out unless `is_written`, which is `bool (const Struct&)`.
  template <class StructCodec, auto is_written>
  Object& from_whole_if(std::string_view key, std::string_view meaning) {
    return add<Struct, StructCodec>(
        {key, meaning, Presence::if_set, nullptr,
         [](const void* part) { return is_written(*static_cast<const Struct*>(part)) ? part : nullptr; },
         [](void* part) { return part; }});
  }

  /// A key whose value is the same for every struct; whoever reads the object looks at it first.
  template <class ConstantCodec>
  Object& constant(std::string_view key, std::string_view meaning) {
    Member member{key, meaning, Presence::always, nullptr, [](const void* part) { return part; }};
    member.write = ConstantCodec::write;
    member.form = ConstantCodec::form;
    members_.push_back(member);
    return *this;
  }

  /// A variant: a key with the name of its alternative, and beside it the members that the alternative describes.
  template <auto variant>
  Object& kinds(std::string_view key, std::string_view meaning, std::string_view objection) {
    return kinds_in<detail::MemberVariant<variant>>({key, meaning, {}, objection});
  }
  /// The same for a struct that is a variant itself.
  Object& kinds(std::string_view key, std::string_view meaning, std::string_view objection) {
    return kinds_in<detail::WholeVariant<Struct>>({key, meaning, {}, objection});
  }

  /// A variant without a key of its own: the members that are there tell which alternative it is.
  template <auto variant>
  Object& alternatives() {
    return add_alternatives<detail::MemberVariant<variant>>(Indices<detail::ValueOf<variant>>());
  }

  /// A check of the whole struct after all members are read: `void (const Struct&, const Field&)`; throws Error.
  template <auto check>
  Object& checked() {
    last_step_ = [](void* object, const Field& field) { check(*static_cast<const Struct*>(object), field); };
    return *this;
  }

  /// A last step of reading that may change the struct: `void (Struct&, const Field&)`; throws Error.
  template <auto adjust>
  Object& adjusted() {
    last_step_ = [](void* object, const Field& field) { adjust(*static_cast<Struct*>(object), field); };
    return *this;
  }

  operator Description() const { return Description(name_, members_, kind_, last_step_); }  // NOLINT: a builder's end

 private:
  template <class Value, class ValueCodec>
  Object& add(Member member, const Bounds& bounds = {}) {
    member.bounds = bounds;
    member.write = [](const void* value, CanonicalWriter& writer) {
      ValueCodec::write(*static_cast<const Value*>(value), writer);
    };
    member.read = [](const Field& field, void* value) { ValueCodec::read(field, *static_cast<Value*>(value)); };
    member.form = ValueCodec::form;
    members_.push_back(member);
    return *this;
  }

  template <class Variant>
  using Indices = std::make_index_sequence<std::variant_size_v<Variant>>;

  template <class Place>
  Object& kinds_in(KindKey kind) {
    kind.names = kAlternativeNames<typename Place::Variant>;
    kind.index = detail::index_in<Place>;
    kind.emplace = detail::emplace_in<Place>;
    kind_ = {kind};
    return add_alternatives<Place>(Indices<typename Place::Variant>());
  }

  template <class Place, std::size_t... indices>
  Object& add_alternatives(std::index_sequence<indices...>) {
    (add_alternative<Place, std::variant_alternative_t<indices, typename Place::Variant>>(), ...);
    return *this;
  }

  template <class Place, class Alternative>
  void add_alternative() {
    for (Member member : AlternativeDescription<Alternative>::get().members()) {
      member.part = detail::alternative_in<Place, Alternative>;
      members_.push_back(member);
    }
  }

  std::string_view name_;
  std::vector<Member> members_;
  std::vector<KindKey> kind_;
  Description::LastStep last_step_ = nullptr;
};

}  // namespace assay::formats
