#include "scenarios/case/limits.hpp"

#include "scenarios/law.hpp"
#include "scenarios/yaml/reader.hpp"

namespace tremplin {

Limits load_limits(const SourceText& source) {
  Faults faults;
  Limits limits;
  if (const auto root = yaml::read_document(source, faults)) {
    yaml::MapReader map(*root, {source.name, &faults, {}});
    const auto read = [&](std::string_view key, Limit& limit) {
      const yaml::Node* node = map.required(key);
      if (node == nullptr) return;
      yaml::MapReader one(*node, map.place_of(key));
      limit.value = one.whole_number("value", {0, 2100});
      one.one_of("class", value_class_names);
      limit.reference = one.text("reference");
      limit.note = one.text("note", {});
      one.finish();
    };
    read("majority_years", limits.majority_years);
    read("payment_days", limits.payment_days);
    read("appeal_months", limits.appeal_months);
    read("categories", limits.categories);
    read("hearing", limits.hearing);
    read("undeclared_months", limits.undeclared_months);
    read("revision", limits.revision);
    read("relatives", limits.relatives);
    read("article60_subsidy", limits.article60_subsidy);
    map.finish();
  }
  faults.throw_if_any();
  return limits;
}

}  // namespace tremplin
