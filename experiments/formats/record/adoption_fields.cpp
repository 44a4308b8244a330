#include "experiments/formats/object.hpp"
#include "experiments/formats/record/entry_fields.hpp"
#include "experiments/formats/result/result_fields.hpp"

namespace assay::formats {
namespace {

/// The members that an adoption and a reversion share.
template <class Content>
Object<Content>& add_change(Object<Content>& object) {
  return object.template always_in<&Content::of, &ChangeInRevision::record>("record", "SHA-256 of the attempt's record")
      .template always_in<&Content::of, &ChangeInRevision::experiment>("experiment", "the experiment's name")
      .template always_in<&Content::of, &ChangeInRevision::hypothesis_sha256>("hypothesis_sha256", "its hypothesis")
      .template always_in<&Content::of, &ChangeInRevision::environment_name>("environment",
                                                                             "the named class of machine")
      .template always_in<&Content::of, &ChangeInRevision::change>("change", "what was changed, in one line")
      .template always_in<&Content::of, &ChangeInRevision::commit>("commit", "the revision that was looked at")
      .template always_in<&Content::of, &ChangeInRevision::proof>("proof", "what shows it")
      .template unless_default_in<&Content::of, &ChangeInRevision::file>("file", "the file that was looked into")
      .template unless_default_in<&Content::of, &ChangeInRevision::reason>("reason", "in a person's words");
}

}  // namespace

template <>
const Description& description_of<Adoption>() {
  static const Description description = [] {
    Object<Adoption> object("adoption");
    return Description(add_change(object));
  }();
  return description;
}

template <>
const Description& description_of<Reversion>() {
  static const Description description = [] {
    Object<Reversion> object("reversion");
    return Description(
        add_change(object).unless_default<&Reversion::adoption>("adoption", "SHA-256 of the adoption that it undoes"));
  }();
  return description;
}

template <>
const Description& description_of<Interval>() {
  static const Description description = Object<Interval>("interval")
                                             .always<&Interval::low>("low", "its lower end")
                                             .always<&Interval::high>("high", "its upper end");
  return description;
}

template <>
const Description& description_of<GainOfCell>() {
  static const Description description =
      Object<GainOfCell>("gain of a cell")
          .unless_default<&GainOfCell::workload>("workload", "the workload; left out for the average over all cells")
          .unless_default<&GainOfCell::state>("state", "the state of that workload")
          .if_set<&GainOfCell::percent>("percent", "the change of the primary metric")
          .if_set<&GainOfCell::interval>("interval", "in percent")
          .if_set<&GainOfCell::parts>("parts_percent", "what the effects of the adopted changes multiply to");
  return description;
}

template <>
const Description& description_of<Gain>() {
  static const Description description =
      Object<Gain>("gain")
          .always<&Gain::baseline>("baseline", "SHA-256 of the baseline's record")
          .always<&Gain::record>("record", "SHA-256 of the record with the samples")
          .always<&Gain::experiment>("experiment", "the experiment's name")
          .always<&Gain::environment_name>("environment", "the named class of machine")
          .always<&Gain::metric>("metric", "the primary metric")
          .always<&Gain::direction>("direction", "which of its values are better")
          .always<&Gain::from>("from", "the baseline's commit")
          .always<&Gain::to>("to", "the commit that was measured against it")
          .always<&Gain::parts>("parts", "SHA-256 of the attempts whose changes were adopted by then")
          .unless_default<&Gain::left_out>("left_out", "adopted changes that are no part of it, each with the reason")
          .always<&Gain::cells>("cells", "in the plan's order, the average last");
  return description;
}

}  // namespace assay::formats
