#include <string>

#include "experiments/formats/object.hpp"
#include "experiments/formats/plan/plan_fields.hpp"

namespace assay::formats {
namespace {

template <class Type, class Variant>
inline constexpr bool kIsAlternative = false;
template <class Type, class... Alternatives>
inline constexpr bool kIsAlternative<Type, std::variant<Alternatives...>> = (std::is_same_v<Type, Alternatives> || ...);

template <class Kind, std::size_t index>
void add_key(Object<Kind>& object) {
  constexpr auto kKey = std::get<index>(kCheckKeys<Kind>);
  if constexpr (kKey.use == CheckKeyUse::later) {
    object.template unless_default<kKey.member>(kKey.name, kKey.meaning);
  } else {
    object.template always<kKey.member>(kKey.name, kKey.meaning);
  }
}

template <class Kind, std::size_t... indices>
Description describe(std::index_sequence<indices...>) {
  static const std::string name = "`" + std::string(Kind::kName) + "` check";
  Object<Kind> object(name);
  (add_key<Kind, indices>(object), ...);
  return object;
}

template <class... Kinds>
std::vector<const Description*> describe_all(std::type_identity<std::variant<Kinds...>>) {
  return {&AlternativeDescription<Kinds>::get()...};
}

}  // namespace

/// A kind of check lists its keys itself (core/check.hpp).
template <class Kind>
requires kIsAlternative<Kind, CheckKind>
struct AlternativeDescription<Kind> {
  static const Description& get() {
    using Keys = std::remove_const_t<decltype(kCheckKeys<Kind>)>;
    static const Description description = describe<Kind>(std::make_index_sequence<std::tuple_size_v<Keys>>());
    return description;
  }
};

template <>
const Description& description_of<Check>() {
  static const Description description =
      Object<Check>("check")
          .always<&Check::name>("name", "what people call it; unique in the plan")
          .kinds<&Check::kind>("kind", "what is checked", "is no kind of check that this assay knows")
          .always<&Check::workloads>("workloads", "the workloads that it is for; empty: all");
  return description;
}

const std::vector<const Description*>& check_kind_descriptions() {
  static const std::vector<const Description*> all = describe_all(std::type_identity<CheckKind>());
  return all;
}

}  // namespace assay::formats
